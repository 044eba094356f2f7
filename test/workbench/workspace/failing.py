# Raises before its gradient call.
import tensorflow as tf


def load(rows):
    return tf.reshape(tf.ones([rows, 2]), [5, 3])


x = tf.Variable([1.0, 2.0])
with tf.GradientTape() as tape:
    y = tf.reduce_sum(load(4) * x)
print(tape.gradient(y, x))
