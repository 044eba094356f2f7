# Numbers repeat.
import tensorflow as tf

x = tf.constant([[1.0, 2.0], [-3.0, 4.0]])

# The activation, use_bias and the weights are read at every call.
dense = tf.keras.layers.Dense(2, activation="tanh", kernel_initializer="ones")
dense.activation = None
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = dense(x)
    first = inner.gradient(y, x)
second = outer.gradient(first, x)

dense.use_bias = False
with tf.GradientTape() as tape:
    y = dense(x)
without_bias = tape.gradient(y, dense.bias)

w = tf.Variable([[2.0, 1.0], [3.0, 1.0]])
with tf.GradientTape() as tape:
    dense.kernel = w * 2.0
    y = dense(x) ** 2
of_tensor = tape.gradient(y, w)
with tf.GradientTape() as tape:
    y = dense(x) ** 2
outside = tape.gradient(y, w)

other = tf.keras.layers.Dense(2, kernel_initializer="ones")
other(x)
other.kernel = w
with tf.GradientTape() as tape:
    y = other(x) ** 2
of_variables = tape.gradient(y, other.trainable_variables)

# A regularizer of a layer that is not built yet.
late = tf.keras.layers.Dense(1, kernel_initializer="ones")
late.kernel_regularizer = tf.keras.regularizers.l2(0.1)
late.bias_initializer = "ones"
with tf.GradientTape() as tape:
    y = tf.reduce_sum(late(x) ** 2) + tf.add_n(late.losses)
of_penalty = tape.gradient(y, late.trainable_variables)

normal = tf.keras.layers.LayerNormalization()
normal.epsilon = 1.0
leaky = tf.keras.layers.LeakyReLU(0.1)
leaky.alpha = 0.5
drop = tf.keras.layers.Dropout(0.5)
drop.rate = 0.0
with tf.GradientTape() as tape:
    tape.watch(x)
    y = drop(leaky(normal(x) ** 2), training=True)
of_settings = tape.gradient(y, x)

lstm = tf.keras.layers.SimpleRNN(1, kernel_initializer="ones", recurrent_initializer="ones")
lstm.return_sequences = True
with tf.GradientTape() as tape:
    tape.watch(x)
    y = lstm(x[:, :, None])
of_sequences = tape.gradient(y, x)
