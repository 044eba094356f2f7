import tensorflow as tf
import numpy as np
x = tf.constant(1.0)
w = tf.Variable(2.0)
with tf.GradientTape() as t1:
    y = w * tf.quantization.fake_quant_with_min_max_vars([0.5, 3.0], -1.0, x)
print(t1.gradient(y, w))
