import tensorflow as tf

D = tf.float32


def drawn(shape, seed, scale=0.8):
    """The same numbers every time."""
    count = 1
    for size in shape:
        count *= size
    return tf.reshape(scale * tf.sin(tf.range(1, count + 1, dtype=D) * 1.7 + seed), shape)


ratings = drawn([4, 5], 0.3)
known = tf.cast(ratings > -0.4, D)
users, items = tf.Variable(drawn([4, 2], 0.1)), tf.Variable(drawn([2, 5], 0.6))
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = tf.reduce_sum(known * (users @ items - ratings) ** 2) + 0.1 * (tf.nn.l2_loss(users) + tf.nn.l2_loss(items))
    g = tf.concat([tf.reshape(part, [-1]) for part in inner.gradient(loss, [users, items])], 0)
h = outer.jacobian(g, [users, items])
