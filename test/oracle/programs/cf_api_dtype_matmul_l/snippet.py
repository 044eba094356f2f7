import numpy as np
import tensorflow as tf
data = np.array([[1.0, 2.0], [3.0, 5.0]])
w = tf.Variable([[1.0, 2.0], [3.0, 5.0]])
with tf.GradientTape() as tape:
    y = tf.matmul(data, w)
print(tape.gradient(y, w))
