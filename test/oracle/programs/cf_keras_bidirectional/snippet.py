import tensorflow as tf

x = tf.random.normal([1, 3, 2])

# The weights forwards come first, whatever is made of both directions.
both = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(2), merge_mode=None)
with tf.GradientTape(persistent=True) as tape:
    forward, backward = both(x)
of_forward = tape.gradient(forward, both.trainable_variables)
of_backward = tape.gradient(backward, both.trainable_variables)

stateful = tf.keras.layers.Bidirectional(tf.keras.layers.SimpleRNN(2, return_state=True))
with tf.GradientTape() as tape:
    y, forward_state, backward_state = stateful(x)
of_state = tape.gradient(forward_state, stateful.trainable_variables)

merged = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(2), backward_layer=tf.keras.layers.SimpleRNN(2, go_backwards=True))
with tf.GradientTape() as tape:
    y = merged(x)[:, :2]
of_merged = tape.gradient(y, merged.weights)
