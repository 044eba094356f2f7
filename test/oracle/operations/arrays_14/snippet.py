# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.transpose(x, perm=[1, 0])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.transpose(x, perm=[1, 0])
        z = tf.reduce_sum(y * generic(4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.reverse(x, axis=[0, 1])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.reverse(x, axis=[0, 1])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.reverse_sequence(x, [1, 3, 2], seq_axis=1)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.reverse_sequence(x, [1, 3, 2], seq_axis=1)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.roll(x, [1, -1], [0, 1])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.roll(x, [1, -1], [0, 1])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.roll(x, shift=2, axis=1)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.roll(x, shift=2, axis=1)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.pad(x, [[1, 1], [2, 2]], 'REFLECT')
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.pad(x, [[1, 1], [2, 2]], 'REFLECT')
        z = tf.reduce_sum(y * generic(5, 8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.pad(x, [[1, 1], [2, 2]], 'SYMMETRIC')
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.pad(x, [[1, 1], [2, 2]], 'SYMMETRIC')
        z = tf.reduce_sum(y * generic(5, 8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.repeat(x, 2, axis=0)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.repeat(x, 2, axis=0)
        z = tf.reduce_sum(y * generic(6, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
