# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.reverse(x, [0])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.reverse(x, [0])
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.roll(x, 1, 0)
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.roll(x, 1, 0)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.pad(x, [[1, 2]])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.pad(x, [[1, 2]])
        z = tf.reduce_sum(y * generic(7))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.pad(x, [[1, 2]], constant_values=3.0)
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.pad(x, [[1, 2]], constant_values=3.0)
        z = tf.reduce_sum(y * generic(7))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.pad(x, [[1, 2]], 'REFLECT')
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.pad(x, [[1, 2]], 'REFLECT')
        z = tf.reduce_sum(y * generic(7))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.pad(x, [[1, 2]], mode='SYMMETRIC')
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.pad(x, [[1, 2]], mode='SYMMETRIC')
        z = tf.reduce_sum(y * generic(7))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.tile(x, [2])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.tile(x, [2])
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.repeat(x, 2)
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.repeat(x, 2)
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))
