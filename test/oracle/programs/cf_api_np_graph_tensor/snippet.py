import numpy as np
import tensorflow as tf
x = tf.constant([1.0, 2.0])
@tf.function
def f(v):
    return tf.reduce_sum(v * np.sum(v))
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
print(tape.gradient(y, x))
