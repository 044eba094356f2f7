import tensorflow as tf
import numpy as np
x = tf.constant(2.0)
with tf.GradientTape() as t:
    t.watch(x)
    a = tf.TensorArray(tf.float32, size=2)
    a = a.write(0, x).write(1, x * x)
print(t.gradient(a.size(), x))
