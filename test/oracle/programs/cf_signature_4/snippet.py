import numpy as np
import tensorflow as tf


@tf.function(input_signature=(tf.TensorSpec([None], tf.float32), tf.TensorSpec([], tf.int32)))
def f(a, n):
    with tf.GradientTape() as tape:
        tape.watch(a)
        y = tf.reduce_sum(a**2) * tf.cast(n, tf.float32)
    return tape.gradient(y, [a, n])


f(np.array([1.0, 2.0], np.float32), 3)
