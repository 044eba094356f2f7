import tensorflow as tf

D = tf.float32


def drawn(shape, seed, scale=0.8):
    """The same numbers every time."""
    count = 1
    for size in shape:
        count *= size
    return tf.reshape(scale * tf.sin(tf.range(1, count + 1, dtype=D) * 1.7 + seed), shape)



@tf.function
def energy(x):
    y = x
    for _ in tf.range(3):
        y = tf.sin(y) + 0.5 * x * y
    if tf.reduce_sum(y) > 0.0:
        y = y * y
    return tf.reduce_sum(y)


x = tf.Variable(drawn([4], 0.2))
with tf.GradientTape(persistent=True) as outer:
    with tf.GradientTape() as inner:
        y = energy(x)
    g = inner.gradient(y, x)
h = outer.jacobian(g, x, experimental_use_pfor=False)
