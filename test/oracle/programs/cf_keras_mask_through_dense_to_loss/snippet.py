# Numbers repeat.
import tensorflow as tf
m = tf.keras.Sequential([tf.keras.layers.Masking(), tf.keras.layers.Dense(1, kernel_initializer='ones')])
x = tf.constant([[[1., 2.], [0., 0.], [1., 1.]]])
with tf.GradientTape() as t:
    p = m(x)
    l = tf.keras.losses.MeanSquaredError()(tf.ones([1, 3, 1]), p)
g = t.gradient(l, p)
