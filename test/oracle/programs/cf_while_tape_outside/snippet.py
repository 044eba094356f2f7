import tensorflow as tf
x = tf.Variable(1.5)
w = tf.Variable(0.5)
@tf.function
def f(v):
    i, z = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * w + v), [tf.constant(0), tf.constant(1.0)])
    return z
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape(persistent=True) as t1:
        z = f(x)
    gz = t1.gradient(z, x)
    gw = t1.gradient(z, w)
print(gz, gw, t2.gradient(gz, x), t2.gradient(gz, w), t2.gradient(gw, x), t2.gradient(gw, w))
