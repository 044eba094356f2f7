# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.math.floor(x) * x
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.floor(x) * x
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.rint(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.math.rint(x)
    z = tf.reduce_sum(y * generic(4))
g = t1.gradient(z, x)


# tf.round(x * 3.0)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.round(x * 3.0)
    z = tf.reduce_sum(y * generic(4))
g = t1.gradient(z, x)


# tf.math.ceil(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.math.ceil(x)
    z = tf.reduce_sum(y * generic(4))
g = t1.gradient(z, x)


# tf.truncatediv(tf.cast(x * 10.0, tf.int32), 3)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.truncatediv(tf.cast(x * 10.0, tf.int32), 3)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(4))
g = t1.gradient(z, x)


# tf.math.sign(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.sign(x)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.bitwise.bitwise_and(tf.cast(x * 10.0, tf.int32), 3)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.bitwise.bitwise_and(tf.cast(x * 10.0, tf.int32), 3)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(4))
g = t1.gradient(z, x)


# tf.bitwise.bitwise_or(tf.cast(x * 10.0, tf.int32), 3)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.bitwise.bitwise_or(tf.cast(x * 10.0, tf.int32), 3)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(4))
g = t1.gradient(z, x)
