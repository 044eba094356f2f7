import numpy as np
import tensorflow as tf
w = tf.Variable([1.0, 2.0])
@tf.function
def f():
    k = tf.constant([1.0, 3.0])
    return tf.reduce_sum(w * np.square(k))
with tf.GradientTape() as tape:
    y = f()
print(tape.gradient(y, w))
