import tensorflow as tf

D = tf.float32


def drawn(shape, seed, scale=0.8):
    """The same numbers every time."""
    count = 1
    for size in shape:
        count *= size
    return tf.reshape(scale * tf.sin(tf.range(1, count + 1, dtype=D) * 1.7 + seed), shape)


data = drawn([8, 2], 0.3, 1.5)
means = tf.Variable(drawn([3, 2], 0.5))
scales = tf.Variable(drawn([3], 0.7, 0.3))
logits = tf.Variable(drawn([3], 0.2))
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        apart = tf.reduce_sum((data[:, None, :] - means[None]) ** 2, -1)
        parts = tf.nn.log_softmax(logits) - 2.0 * scales - 0.5 * apart * tf.exp(-2.0 * scales)
        loss = -tf.reduce_mean(tf.reduce_logsumexp(parts, 1))
    g = tf.concat([tf.reshape(part, [-1]) for part in inner.gradient(loss, [means, scales, logits])], 0)
h = outer.jacobian(g, [means, scales, logits])
