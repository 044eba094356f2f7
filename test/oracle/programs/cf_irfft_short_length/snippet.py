import tensorflow as tf
import numpy as np
x = tf.complex(tf.math.sin(tf.range(9.0)), tf.ones(9))
with tf.GradientTape() as t:
    t.watch(x)
    y = tf.signal.irfft(x, fft_length=[8])
print(t.gradient(y, x))
