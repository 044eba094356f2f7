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
    tf.keras.layers.Conv2D(2, 2, activation='tanh', input_shape=(4, 4, 1)),
    tf.keras.layers.MaxPooling2D(2, strides=1),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(2),
])
settle(model)
x, labels = drawn([3, 4, 4, 1], 0.3), tf.constant([0, 1, 1])

weights = model.trainable_variables
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, model(x))
    gradients = inner.gradient(loss, weights)
    g = tf.concat([tf.reshape(part, [-1]) for part in gradients], 0)
h = outer.jacobian(g, weights)
