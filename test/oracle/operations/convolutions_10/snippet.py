import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.fractional_max_pool(x, [1.0, 1.5, 1.5, 1.0], seed=3)[0]
x = generic(1, 6, 6, 1)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.fractional_max_pool(x, [1.0, 1.5, 1.5, 1.0], seed=3)[0]
        z = tf.reduce_sum(y * generic(1, 4, 4, 1))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(1, 6, 6, 1, start=31))
except Exception:
    h = None


# tf.nn.fractional_avg_pool(x, [1.0, 1.5, 1.5, 1.0], seed=3)[0]
x = generic(1, 6, 6, 1)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.fractional_avg_pool(x, [1.0, 1.5, 1.5, 1.0], seed=3)[0]
        z = tf.reduce_sum(y * generic(1, 4, 4, 1))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 6, 6, 1, start=31))
