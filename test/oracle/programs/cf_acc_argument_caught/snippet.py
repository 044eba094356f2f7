import tensorflow as tf
w = tf.Variable(3.0)
@tf.function
def f(a):
    if a > 100.0:
        return a * a
    return a * 2.0
@tf.function
def g(a):
    return f(a) * 1.0
@tf.function
def h(a):
    for i in tf.range(2):
        a = a * 2.0
    return a
for k in (f, g, h):
    with tf.autodiff.ForwardAccumulator(w, tf.constant(1.0)) as acc:
        try:
            y = k(w)
        except Exception as e:
            print(type(e))
            y = w * 3.0
        print(acc.jvp(y))
