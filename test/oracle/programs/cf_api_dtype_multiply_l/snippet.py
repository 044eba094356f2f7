import numpy as np
import tensorflow as tf
data = np.array([1.0, 2.0])
w = tf.Variable([0.5, 0.25])
@tf.function
def f(w):
    y = tf.multiply(data, w)
    return y
with tf.GradientTape() as tape:
    y = f(w)
print(tape.gradient(y, w))
