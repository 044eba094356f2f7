import tensorflow as tf

D = tf.float32


def drawn(shape, seed, scale=0.8):
    """The same numbers every time."""
    count = 1
    for size in shape:
        count *= size
    return tf.reshape(scale * tf.sin(tf.range(1, count + 1, dtype=D) * 1.7 + seed), shape)


def settle(model):
    for seed, weight in enumerate(model.weights):
        weight.assign(drawn(weight.shape, float(seed)) if "variance" not in weight.name else 1.0 + drawn(weight.shape, float(seed)) ** 2)

model = tf.keras.Sequential([
    tf.keras.layers.Dense(3, activation='tanh', input_shape=(1,)),
    tf.keras.layers.Dense(1),
])
settle(model)
x = tf.reshape(tf.linspace(tf.constant(0.0, D), 1.0, 5), [5, 1])
weights = model.trainable_variables[:3]
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        with tf.GradientTape() as second:
            second.watch(x)
            with tf.GradientTape() as first:
                first.watch(x)
                u = model(x)
            du = first.gradient(u, x)
        d2u = second.gradient(du, x)
        residual = d2u + tf.sin(3.0 * x)
        loss = tf.reduce_mean(residual ** 2)
    g = tf.concat([tf.reshape(part, [-1]) for part in inner.gradient(loss, weights)], 0)
h = outer.jacobian(g, weights)
