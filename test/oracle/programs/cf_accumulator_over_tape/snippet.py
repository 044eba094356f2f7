import tensorflow as tf
x = tf.constant(2.0)
w = tf.constant(3.0)
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = x ** 3
        z = w * x
    g = t.gradient(y, x)
    h = t.gradient(z, x)
print(acc.jvp(g), acc.jvp(h))
