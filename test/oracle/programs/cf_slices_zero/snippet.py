# An IndexedSlices is a value, whatever is in it.
import tensorflow as tf
x = tf.constant([[-0.59, 1.58, 2.21], [0.46, 0.53, 1.85]])
with tf.GradientTape() as t:
    t.watch(x)
    y = tf.gather(x, [0, 1]) * 0.0
g = t.gradient(y, x)
with tf.GradientTape() as t:
    t.watch(x)
    y = tf.nn.relu(tf.gather(x, [0, 1]) - 100.0)
g = t.gradient(y, x)
