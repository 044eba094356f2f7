import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(3.0)
@tf.function
def wrong(a):
    return a * tf.reshape(a, [7])
@tf.function
def f(a, b):
    return a * b
with tf.autodiff.ForwardAccumulator(w, tf.constant(1.0)) as acc:
    y = f(x, x)
    print(acc.jvp(y))
    try:
        f(x, w)
    except ValueError:
        print(acc.jvp(y))
    with tf.GradientTape() as t:
        try:
            f(w, x)
        except ValueError as e:
            print('again')
        z = w * w
    print(t.gradient(z, w), acc.jvp(z))
    wrong(w)
print(acc.jvp(z))
