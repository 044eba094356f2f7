# Numbers repeat.
import tensorflow as tf
p = tf.Variable([[1., 2.], [2., 0.]])
with tf.GradientTape() as t:
    l = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=-1)(tf.constant([1, -1]), p)
g = t.gradient(l, p)
