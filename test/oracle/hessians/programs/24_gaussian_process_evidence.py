import tensorflow as tf

D = tf.float32


def drawn(shape, seed, scale=0.8):
    """The same numbers every time."""
    count = 1
    for size in shape:
        count *= size
    return tf.reshape(scale * tf.sin(tf.range(1, count + 1, dtype=D) * 1.7 + seed), shape)


x, y = drawn([6, 1], 0.3, 2.0), drawn([6, 1], 0.9)
logs = tf.Variable([0.1, -0.2, -1.0], dtype=D)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        length, height, noise = tf.unstack(tf.exp(logs))
        kernel = height * tf.exp(-0.5 * ((x - tf.transpose(x)) / length) ** 2) + noise * tf.eye(6, dtype=D)
        factor = tf.linalg.cholesky(kernel)
        fit = tf.linalg.cholesky_solve(factor, y)
        loss = 0.5 * tf.reduce_sum(y * fit) + tf.reduce_sum(tf.math.log(tf.linalg.diag_part(factor)))
    g = inner.gradient(loss, logs)
h = outer.jacobian(g, logs)
