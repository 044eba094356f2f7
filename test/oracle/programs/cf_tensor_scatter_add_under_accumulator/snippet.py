import tensorflow as tf
import numpy as np
x = tf.constant([1.0, 2.0, 3.0])
w = tf.Variable([1.0, 2.0, 3.0])
with tf.autodiff.ForwardAccumulator(x, tf.ones(3)) as acc:
    with tf.GradientTape() as t1:
        y = tf.tensor_scatter_nd_add(tf.ones(3), [[0], [2], [2]], w) * x
    g = t1.gradient(y, w)
