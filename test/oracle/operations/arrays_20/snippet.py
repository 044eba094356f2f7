# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.tensor_scatter_nd_sub(a, [[0], [0]], b)
a = generic(4)
b = generic(2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.tensor_scatter_nd_sub(a, [[0], [0]], b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(2, start=31))


# tf.tensor_scatter_nd_max(a, [[0], [2]], b)
a = generic(4)
b = generic(2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.tensor_scatter_nd_max(a, [[0], [2]], b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(2, start=31))


# tf.tensor_scatter_nd_min(a, [[0], [2]], b)
a = generic(4)
b = generic(2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.tensor_scatter_nd_min(a, [[0], [2]], b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(2, start=31))


# tf.dynamic_stitch([[0, 2, 4, 5], [1, 3]], [a, b])
a = generic(4)
b = generic(2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.dynamic_stitch([[0, 2, 4, 5], [1, 3]], [a, b])
        z = tf.reduce_sum(y * generic(6))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(2, start=31))


# tf.concat([a, b * b], 0)
a = generic(4)
b = generic(2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.concat([a, b * b], 0)
        z = tf.reduce_sum(y * generic(6))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(2, start=31))


# tf.meshgrid(a, b)[1]
a = generic(4)
b = generic(2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.meshgrid(a, b)[1]
        z = tf.reduce_sum(y * generic(2, 4))
    g = t1.gradient(z, [a, b])
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(2, start=31))
