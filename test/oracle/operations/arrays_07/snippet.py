# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.repeat(x, [1, 2, 0, 1])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.repeat(x, [1, 2, 0, 1])
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.stack([x, x, x], axis=1)
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.stack([x, x, x], axis=1)
        z = tf.reduce_sum(y * generic(4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.concat([x, x * 2.0], 0)
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.concat([x, x * 2.0], 0)
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.meshgrid(x, x)[0]
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.meshgrid(x, x)[0]
        z = tf.reduce_sum(y * generic(4, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.meshgrid(x, x, indexing='ij')[1]
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.meshgrid(x, x, indexing='ij')[1]
        z = tf.reduce_sum(y * generic(4, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.dynamic_partition(x, [0, 1, 0, 1], 2)[0]
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.dynamic_partition(x, [0, 1, 0, 1], 2)[0]
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.dynamic_stitch([[0, 2], [1, 3]], [x[:2], x[2:]])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.dynamic_stitch([[0, 2], [1, 3]], [x[:2], x[2:]])
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.where(x > 0.0)
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.where(x > 0.0)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(3, 1))
g = t1.gradient(z, x)
