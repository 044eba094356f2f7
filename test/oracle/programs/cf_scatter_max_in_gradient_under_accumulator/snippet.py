import tensorflow as tf
import numpy as np
x = tf.constant([1.0, 2.0, 3.0])
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as acc:
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.tensor_scatter_nd_max(x * 2.0, [[0]], [30.0]) ** 2
    g = t.gradient(y, x)
