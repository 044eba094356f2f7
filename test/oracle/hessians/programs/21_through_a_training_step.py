import tensorflow as tf

D = tf.float32


def drawn(shape, seed, scale=0.8):
    """The same numbers every time."""
    count = 1
    for size in shape:
        count *= size
    return tf.reshape(scale * tf.sin(tf.range(1, count + 1, dtype=D) * 1.7 + seed), shape)


x, labels = drawn([5, 3], 0.3), drawn([5], 0.9)
w = tf.Variable(drawn([3], 0.1))
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((tf.tanh(tf.linalg.matvec(x, w)) - labels) ** 2)
        moved = w - 0.3 * tape.gradient(loss, w)
        meta = tf.reduce_mean((tf.linalg.matvec(x, moved) + labels) ** 2)
    g = inner.gradient(meta, w)
h = outer.jacobian(g, w)
