# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.depth_to_space(x, 2)
x = generic(1, 2, 2, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.depth_to_space(x, 2)
        z = tf.reduce_sum(y * generic(1, 4, 4, 1))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 2, 2, 4, start=31))


# tf.space_to_batch(x, [2, 2], [[0, 0], [0, 0]])
x = generic(1, 2, 2, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.space_to_batch(x, [2, 2], [[0, 0], [0, 0]])
        z = tf.reduce_sum(y * generic(4, 1, 1, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 2, 2, 4, start=31))


# tf.batch_to_space(tf.reshape(x, [4, 1, 1, 4]), [2, 2], [[0, 0], [0, 0]])
x = generic(1, 2, 2, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.batch_to_space(tf.reshape(x, [4, 1, 1, 4]), [2, 2], [[0, 0], [0, 0]])
        z = tf.reduce_sum(y * generic(1, 2, 2, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 2, 2, 4, start=31))


# tf.nn.space_to_depth(x, 2)
x = generic(1, 4, 4, 1)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.space_to_depth(x, 2)
        z = tf.reduce_sum(y * generic(1, 2, 2, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 1, start=31))


# tf.space_to_batch(x, [2, 2], [[0, 0], [0, 0]])
x = generic(1, 4, 4, 1)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.space_to_batch(x, [2, 2], [[0, 0], [0, 0]])
        z = tf.reduce_sum(y * generic(4, 2, 2, 1))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 1, start=31))


# tf.space_to_batch_nd(x, [2], [[1, 1]])
x = generic(1, 4, 4, 1)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.space_to_batch_nd(x, [2], [[1, 1]])
        z = tf.reduce_sum(y * generic(2, 3, 4, 1))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 1, start=31))


# tf.tensor_scatter_nd_update(a, [[0], [2]], b)
a = generic(4)
b = generic(2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.tensor_scatter_nd_update(a, [[0], [2]], b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(2, start=31))


# tf.tensor_scatter_nd_add(a, [[0], [2]], b)
a = generic(4)
b = generic(2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.tensor_scatter_nd_add(a, [[0], [2]], b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(2, start=31))
