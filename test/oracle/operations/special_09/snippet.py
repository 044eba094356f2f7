# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.bitwise.left_shift(tf.cast(x * 10.0, tf.int32), 1)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.bitwise.left_shift(tf.cast(x * 10.0, tf.int32), 1)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(4))
g = t1.gradient(z, x)


# tf.bitwise.invert(tf.cast(x * 10.0, tf.int32))
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.bitwise.invert(tf.cast(x * 10.0, tf.int32))
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(4))
g = t1.gradient(z, x)


# tf.saturate_cast(x * 300.0, tf.uint8)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.saturate_cast(x * 300.0, tf.uint8)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(4))
g = t1.gradient(z, x)


# tf.cast(x, tf.float64)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.cast(x, tf.float64)
        z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.cast(tf.cast(x, tf.float16), tf.float32)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.cast(tf.cast(x, tf.float16), tf.float32)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.cast(tf.cast(x * 5.0, tf.int32), tf.float32)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.cast(tf.cast(x * 5.0, tf.int32), tf.float32)
    z = tf.reduce_sum(y * generic(4))
g = t1.gradient(z, x)


# tf.math.is_non_decreasing(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.math.is_non_decreasing(x)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic())
g = t1.gradient(z, x)


# tf.math.real(tf.cast(x, tf.complex64))
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.real(tf.cast(x, tf.complex64))
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))
