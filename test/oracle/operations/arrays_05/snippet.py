# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.cast(tf.argsort(x), tf.float32)
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.cast(tf.argsort(x), tf.float32)
    z = tf.reduce_sum(y * generic(4))
g = t1.gradient(z, x)


# tf.math.top_k(x, 2).values
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.top_k(x, 2).values
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.top_k(x, 2)[0]
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.top_k(x, 2)[0]
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.nn.top_k(x, k=3)[0]
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.top_k(x, k=3)[0]
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.cast(tf.math.top_k(x, 2).indices, tf.float32)
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.cast(tf.math.top_k(x, 2).indices, tf.float32)
    z = tf.reduce_sum(y * generic(2))
g = t1.gradient(z, x)


# tf.cast(tf.searchsorted([0.0, 0.5], x), tf.float32)
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.cast(tf.searchsorted([0.0, 0.5], x), tf.float32)
    z = tf.reduce_sum(y * generic(4))
g = t1.gradient(z, x)


# tf.unique(x)[0]
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.unique(x)[0]
    z = tf.reduce_sum(y * generic(4))
try:
    g = t1.gradient(z, x)
except Exception:
    g = None


# tf.cast(tf.math.in_top_k([1], tf.reshape(x, [1, 4]), 2), tf.float32)
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.cast(tf.math.in_top_k([1], tf.reshape(x, [1, 4]), 2), tf.float32)
    z = tf.reduce_sum(y * generic(1))
g = t1.gradient(z, x)
