# Numbers repeat.
import tensorflow as tf

ones = dict(kernel_initializer="ones", recurrent_initializer="ones")
x = tf.ones([1, 2, 1])

# A list of cells gives the states of each cell in a list of their own.
layer = tf.keras.layers.RNN([tf.keras.layers.LSTMCell(1, **ones), tf.keras.layers.LSTMCell(1, **ones)], return_state=True)
with tf.GradientTape(persistent=True) as tape:
    out = layer(x)
of_first = tape.gradient(out[1], layer.trainable_variables)
of_second = tape.gradient(out[2], layer.trainable_variables)

# Of cells with one state each there are no lists.
single = tf.keras.layers.RNN([tf.keras.layers.GRUCell(1, **ones), tf.keras.layers.SimpleRNNCell(1, **ones)], return_state=True)
with tf.GradientTape() as tape:
    y, gru, simple = single(x)
of_single = tape.gradient(gru, single.trainable_variables)

mixed = tf.keras.layers.RNN([tf.keras.layers.GRUCell(1, **ones), tf.keras.layers.LSTMCell(1, **ones)], return_state=True)
with tf.GradientTape() as tape:
    y, gru, (hidden, carry) = mixed(x)
of_mixed = tape.gradient(carry, mixed.trainable_variables)

plain = tf.keras.layers.RNN(tf.keras.layers.LSTMCell(1, **ones), return_state=True)
with tf.GradientTape() as tape:
    y, hidden, carry = plain(x)
of_plain = tape.gradient(carry, plain.trainable_variables)
