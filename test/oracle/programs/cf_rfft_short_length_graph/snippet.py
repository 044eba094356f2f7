import tensorflow as tf
import numpy as np
x = tf.math.sin(tf.range(16.0))
@tf.function
def f(x):
    return tf.gradients(tf.abs(tf.signal.rfft(x, fft_length=[8])), x)
print(f(x))
