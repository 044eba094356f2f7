import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.random.uniform([3, 4], minval=z, maxval=2.0)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.random.uniform([3, 4], minval=z, maxval=2.0)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.random.uniform([2]) * z[0, :2]
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.random.uniform([2]) * z[0, :2]
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.random.gamma([2], tf.abs(z) + 0.5)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.random.gamma([2], tf.abs(z) + 0.5)
        z = tf.reduce_sum(y * generic(2, 3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.random.gamma([2], 1.5, tf.abs(z))
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.random.gamma([2], 1.5, tf.abs(z))
        z = tf.reduce_sum(y * generic(2, 3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.random.poisson([2], tf.abs(z))
z = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(z)
    y = tf.random.poisson([2], tf.abs(z))
    z = tf.reduce_sum(y * generic(2, 3, 4))
try:
    g = t1.gradient(z, z)
except Exception:
    g = None


# tf.random.categorical(z, 2)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.random.categorical(z, 2)
        z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(3, 2))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.random.stateless_normal([3, 4], [1, 2], mean=z)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.random.stateless_normal([3, 4], [1, 2], mean=z)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.random.stateless_uniform([3, 4], [1, 2], z, 1.0)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.random.stateless_uniform([3, 4], [1, 2], z, 1.0)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))
