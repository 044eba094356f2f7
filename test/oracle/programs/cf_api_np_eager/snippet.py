import numpy as np
import tensorflow as tf
w = tf.Variable([1.0, 2.0])
with tf.GradientTape() as tape:
    y = tf.reduce_sum(w) * np.mean(w)
print(tape.gradient(y, w))
