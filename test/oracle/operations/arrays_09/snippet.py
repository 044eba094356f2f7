# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.identity_n([x, x])[0]
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.identity_n([x, x])[0]
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.ensure_shape(x, [4])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.ensure_shape(x, [4])
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.fill([2], x[0])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.fill([2], x[0])
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.linspace(x[0], x[1], 4)
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linspace(x[0], x[1], 4)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.cast(tf.one_hot(tf.argmax(x), 4), tf.float32) * x
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.cast(tf.one_hot(tf.argmax(x), 4), tf.float32) * x
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.one_hot(tf.cast(x, tf.int32), 3)
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.one_hot(tf.cast(x, tf.int32), 3)
    z = tf.reduce_sum(y * generic(4, 3))
g = t1.gradient(z, x)


# tf.sequence_mask(tf.cast(x + 2.0, tf.int32), 4, dtype=tf.float32)
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.sequence_mask(tf.cast(x + 2.0, tf.int32), 4, dtype=tf.float32)
    z = tf.reduce_sum(y * generic(4, 4))
g = t1.gradient(z, x)


# tf.slice(x, [1], [2])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.slice(x, [1], [2])
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))
