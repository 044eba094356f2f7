import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.random.stateless_gamma([3, 4], [1, 2], tf.abs(s) + 0.5)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.random.stateless_gamma([3, 4], [1, 2], tf.abs(s) + 0.5)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
try:
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
except Exception:
    h = None


# tf.random.Generator.from_seed(1).normal([3, 4], mean=s)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.random.Generator.from_seed(1).normal([3, 4], mean=s)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.random.stateless_truncated_normal([3, 4], [1, 2], s)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.random.stateless_truncated_normal([3, 4], [1, 2], s)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.random.shuffle(s)
s = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(s)
    y = tf.random.shuffle(s)
    z = tf.reduce_sum(y * generic(3, 4))
g = t1.gradient(z, s)


# tf.keras.backend.dropout(s, 0.5)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.dropout(s, 0.5)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
