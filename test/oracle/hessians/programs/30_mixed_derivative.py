import tensorflow as tf

D = tf.float32


def drawn(shape, seed, scale=0.8):
    """The same numbers every time."""
    count = 1
    for size in shape:
        count *= size
    return tf.reshape(scale * tf.sin(tf.range(1, count + 1, dtype=D) * 1.7 + seed), shape)


a, b = tf.Variable(drawn([3], 0.2)), tf.Variable(drawn([2, 3], 0.7))
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = tf.reduce_sum(tf.tanh(tf.linalg.matvec(b, a)) ** 3)
    g = inner.gradient(y, a)
h = outer.jacobian(g, b)
