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

given = tf.keras.Input([3])
hidden = tf.keras.layers.Dense(3, activation="tanh")(given)
joined = tf.keras.layers.Add()([given, hidden])
model = tf.keras.Model(given, tf.keras.layers.Dense(2, activation="softmax")(joined))
settle(model)
x, labels = drawn([4, 3], 0.3), tf.one_hot([0, 1, 1, 0], 2, dtype=D)

weights = model.trainable_variables
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = tf.reduce_mean(tf.keras.losses.categorical_crossentropy(labels, model(x)))
    gradients = inner.gradient(loss, weights)
    g = tf.concat([tf.reshape(part, [-1]) for part in gradients], 0)
h = outer.jacobian(g, weights)
