import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.random.uniform([3, 4], minval=s, maxval=2.0)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.random.uniform([3, 4], minval=s, maxval=2.0)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.random.uniform([2]) * s[0, :2]
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.random.uniform([2]) * s[0, :2]
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.random.gamma([2], tf.abs(s) + 0.5)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.random.gamma([2], tf.abs(s) + 0.5)
        z = tf.reduce_sum(y * generic(2, 3, 4))
    g = t1.gradient(z, s)
try:
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
except Exception:
    h = None


# tf.random.gamma([2], 1.5, tf.abs(s))
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.random.gamma([2], 1.5, tf.abs(s))
            z = tf.reduce_sum(y * generic(2, 3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.random.poisson([2], tf.abs(s))
s = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(s)
    y = tf.random.poisson([2], tf.abs(s))
    z = tf.reduce_sum(y * generic(2, 3, 4))
try:
    g = t1.gradient(z, s)
except Exception:
    g = None


# tf.random.categorical(s, 2)
s = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(s)
    y = tf.random.categorical(s, 2)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(3, 2))
g = t1.gradient(z, s)


# tf.random.stateless_normal([3, 4], [1, 2], mean=s)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.random.stateless_normal([3, 4], [1, 2], mean=s)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.random.stateless_uniform([3, 4], [1, 2], s, 1.0)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.random.stateless_uniform([3, 4], [1, 2], s, 1.0)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
