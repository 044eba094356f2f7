# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.strided_slice(x, [0], [4], [2])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.strided_slice(x, [0], [4], [2])
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.cast(tf.shape(x), tf.float32)
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.cast(tf.shape(x), tf.float32)
    z = tf.reduce_sum(y * generic(1))
g = t1.gradient(z, x)


# tf.zeros_like(x)
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.zeros_like(x)
    z = tf.reduce_sum(y * generic(4))
g = t1.gradient(z, x)


# tf.ones_like(x) * x
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.ones_like(x) * x
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.stop_gradient(x) * x
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.stop_gradient(x) * x
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.invert_permutation(tf.argsort(x)) * 2
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.math.invert_permutation(tf.argsort(x)) * 2
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(4))
g = t1.gradient(z, x)


# tf.math.bincount(tf.cast(x + 1.0, tf.int32))
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.math.bincount(tf.cast(x + 1.0, tf.int32))
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(2))
g = t1.gradient(z, x)


# tf.histogram_fixed_width(x, [0.0, 1.0], 3)
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.histogram_fixed_width(x, [0.0, 1.0], 3)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(3))
g = t1.gradient(z, x)
