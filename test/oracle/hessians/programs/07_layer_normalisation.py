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
    tf.keras.layers.Dense(4, input_shape=(3,)),
    tf.keras.layers.LayerNormalization(),
    tf.keras.layers.Dense(1, activation='tanh'),
])
settle(model)
x = drawn([5, 3], 0.3)

weights = model.trainable_variables
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = tf.reduce_mean(model(x) ** 2)
    gradients = inner.gradient(loss, weights)
    g = tf.concat([tf.reshape(part, [-1]) for part in gradients], 0)
h = outer.jacobian(g, weights)
