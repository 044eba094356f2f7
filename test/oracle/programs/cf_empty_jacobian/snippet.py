import tensorflow as tf
import numpy as np
x = tf.zeros([0])
with tf.GradientTape() as t:
    t.watch(x)
    z = x * 2.0
print(t.jacobian(z, x))
