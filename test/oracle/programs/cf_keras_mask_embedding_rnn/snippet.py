# Numbers repeat.
import tensorflow as tf
e = tf.keras.layers.Embedding(4, 2, mask_zero=True, embeddings_initializer='ones')
l = tf.keras.layers.SimpleRNN(2, kernel_initializer='ones', recurrent_initializer='ones')
with tf.GradientTape() as t:
    h = e(tf.constant([[1, 0]]))
    y = l(h)
g = t.gradient(y, h)
