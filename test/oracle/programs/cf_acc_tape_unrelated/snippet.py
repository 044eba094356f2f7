import tensorflow as tf
x = tf.constant(2.0)
w = tf.constant(3.0)
@tf.function
def f(a):
    return a * 3.0
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    with tf.GradientTape(persistent=True) as t:
        t.watch([x, w])
        y = f(w)
    gx = t.gradient(y, x)
    gw = t.gradient(y, w)
print(acc.jvp(gx))
print(acc.jvp(gw))
