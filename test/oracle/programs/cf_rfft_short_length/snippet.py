import tensorflow as tf
import numpy as np
x = tf.math.sin(tf.range(16.0))
with tf.GradientTape() as t:
    t.watch(x)
    y = tf.abs(tf.signal.rfft(x, fft_length=[8]))
print(t.gradient(y, x))
