# Numbers repeat.
import tensorflow as tf
p = tf.Variable([[.4], [.5]])
with tf.GradientTape() as t:
    l = tf.keras.losses.MeanSquaredError()(tf.constant([[1.], [0.]]), p, sample_weight=tf.constant([[1.], [2.]]))
g = t.gradient(l, p)
