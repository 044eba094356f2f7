import tensorflow as tf
import numpy as np
x = tf.constant([1.0, 2.0])
@tf.function
def f(x):
    return tf.gradients(tf.cast(x, tf.complex64), x)
print(f(x))
