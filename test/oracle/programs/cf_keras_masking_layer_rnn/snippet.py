# Numbers repeat.
import tensorflow as tf
x = tf.Variable([[[1., 2.], [0., 0.]]])
m = tf.keras.layers.Masking()
l = tf.keras.layers.SimpleRNN(1, kernel_initializer='ones', recurrent_initializer='ones')
with tf.GradientTape() as t:
    y = l(m(x))
g = t.gradient(y, l.trainable_variables)
