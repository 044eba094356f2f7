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

model = tf.keras.Sequential([tf.keras.layers.Dense(2, input_shape=(2,)), tf.keras.layers.Dense(2)])
settle(model)
encode, decode = model.layers
x, noise = drawn([5, 2], 0.3), drawn([5, 1], 0.9)

weights = model.trainable_variables
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        mean, log_variance = tf.split(encode(x), 2, 1)
        latent = mean + noise * tf.exp(0.5 * log_variance)
        rebuilt = decode(tf.concat([latent, latent ** 2], 1))
        divergence = -0.5 * tf.reduce_sum(1.0 + log_variance - mean ** 2 - tf.exp(log_variance), 1)
        loss = tf.reduce_mean(tf.reduce_sum((rebuilt - x) ** 2, 1) + divergence)
    gradients = inner.gradient(loss, weights)
    g = tf.concat([tf.reshape(part, [-1]) for part in gradients], 0)
h = outer.jacobian(g, weights)
