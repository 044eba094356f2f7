import tensorflow as tf
import numpy as np
x = tf.constant([1.5, 2.5])
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.linspace(x, x * x, 3, axis=-1)
print(t1.jacobian(y, x))
