# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.tensor_scatter_nd_max(x, [[0], [2]], [0.1, 0.2])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.tensor_scatter_nd_max(x, [[0], [2]], [0.1, 0.2])
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.tensor_scatter_nd_min(x, [[0], [2]], [0.1, 0.2])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.tensor_scatter_nd_min(x, [[0], [2]], [0.1, 0.2])
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.segment_sum(x, [0, 0, 1, 1])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.segment_sum(x, [0, 0, 1, 1])
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.segment_mean(x, [0, 0, 1, 1])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.segment_mean(x, [0, 0, 1, 1])
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.segment_max(x, [0, 0, 1, 1])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.segment_max(x, [0, 0, 1, 1])
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.segment_min(x, [0, 0, 1, 1])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.segment_min(x, [0, 0, 1, 1])
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.segment_prod(x, [0, 0, 1, 1])
x = generic(4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.segment_prod(x, [0, 0, 1, 1])
            z = tf.reduce_sum(y * generic(2))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.unsorted_segment_sum(x, [1, 0, 1, 0], 2)
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.unsorted_segment_sum(x, [1, 0, 1, 0], 2)
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))
