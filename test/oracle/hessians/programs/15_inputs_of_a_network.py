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
    tf.keras.layers.Dense(5, activation='tanh', input_shape=(3,)),
    tf.keras.layers.Dense(1),
])
settle(model)
x = drawn([4, 3], 0.3)

with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = model(x)
    g = inner.gradient(y, x)
h = outer.jacobian(g, x)
