import tensorflow as tf

pixels = tf.keras.layers.Input(shape=(None, None, 3))
first = tf.keras.layers.Conv2D(4, 3, activation="relu", name="first")(pixels)
second = tf.keras.layers.Conv2D(2, 3, strides=2, name="second")(first)
pooled = tf.keras.layers.GlobalAveragePooling2D()(second)
network = tf.keras.Model(pixels, [network_end for network_end in (first, pooled)])

words = tf.keras.Input((None,), dtype="int32")
embedded = tf.keras.layers.Embedding(10, 4)(words)
states = tf.keras.layers.LSTM(3, return_sequences=True)(tf.keras.layers.Conv1D(4, 5)(embedded))
text = tf.keras.Model(words, tf.reduce_mean(states, axis=1))

image = tf.random.uniform((1, 9, 11, 3))
with tf.GradientTape(persistent=True) as tape:
    tape.watch(image)
    activations, end = network(image)
    sentence = text(tf.ones((2, 7), tf.int32))
print(tape.gradient(activations, image).shape, tape.gradient(end, network.trainable_variables)[0].shape)
print(len(tape.gradient(sentence, text.trainable_variables)))
try:
    tape.gradient(end, network.get_layer("second").output)
except AttributeError as error:
    print(error)
