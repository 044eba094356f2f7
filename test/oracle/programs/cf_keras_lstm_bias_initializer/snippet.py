# Numbers repeat.
import tensorflow as tf
l = tf.keras.layers.LSTM(1, kernel_initializer='ones', recurrent_initializer='ones', bias_initializer=tf.keras.initializers.Constant(.5))
x = tf.Variable([[[.3], [.2]]])
with tf.GradientTape() as t:
    y = l(x)
g = t.gradient(y, x)
