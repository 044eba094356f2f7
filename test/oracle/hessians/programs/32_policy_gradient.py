import tensorflow as tf

D = tf.float32


def drawn(shape, seed, scale=0.8):
    """The same numbers every time."""
    count = 1
    for size in shape:
        count *= size
    return tf.reshape(scale * tf.sin(tf.range(1, count + 1, dtype=D) * 1.7 + seed), shape)


states, actions, returns = drawn([6, 3], 0.3), tf.constant([0, 1, 2, 1, 0, 2]), drawn([6], 0.9)
kernel, bias = tf.Variable(drawn([3, 3], 0.1)), tf.Variable(drawn([3], 0.5))
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        chosen = tf.gather(tf.nn.log_softmax(states @ kernel + bias), actions, batch_dims=1)
        loss = -tf.reduce_mean(chosen * returns)
    g = tf.concat([tf.reshape(part, [-1]) for part in inner.gradient(loss, [kernel, bias])], 0)
h = outer.jacobian(g, [kernel, bias])
