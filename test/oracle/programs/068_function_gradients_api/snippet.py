import tensorflow as tf


@tf.function
def grads(x):
    y = x ** 3
    g, = tf.gradients(y, x)
    h, = tf.gradients(g, x)
    return g, h


print(grads(tf.constant(2.0)))
