# Numbers repeat.
import tensorflow as tf
e = tf.keras.layers.Embedding(4, 2, mask_zero=True, embeddings_initializer='ones')
p = tf.keras.layers.GlobalAveragePooling1D()
d = tf.keras.layers.Dense(1, kernel_initializer='ones')
with tf.GradientTape() as t:
    h = e(tf.constant([[1, 0]]))
    y = d(p(h)) ** 2
g = t.gradient(y, h)
