# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.max_pool_with_argmax(x, 2, 2, 'VALID')[0]
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.max_pool_with_argmax(x, 2, 2, 'VALID')[0]
        z = tf.reduce_sum(y * generic(1, 2, 2, 2))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))
except Exception:
    h = None


# tf.cast(tf.nn.max_pool_with_argmax(x, 2, 2, 'VALID')[1], tf.float32)
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.cast(tf.nn.max_pool_with_argmax(x, 2, 2, 'VALID')[1], tf.float32)
    z = tf.reduce_sum(y * generic(1, 2, 2, 2))
g = t1.gradient(z, x)


# tf.nn.lrn(x)
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.lrn(x)
        z = tf.reduce_sum(y * generic(1, 5, 5, 2))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))
except Exception:
    h = None


# tf.nn.local_response_normalization(x, depth_radius=1, bias=0.7, alpha=0.5, beta=0.6)
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.local_response_normalization(x, depth_radius=1, bias=0.7, alpha=0.5, beta=0.6)
        z = tf.reduce_sum(y * generic(1, 5, 5, 2))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))
except Exception:
    h = None


# tf.nn.max_pool1d(x, 2, 2, 'VALID')
x = generic(1, 6, 2)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.max_pool1d(x, 2, 2, 'VALID')
            z = tf.reduce_sum(y * generic(1, 3, 2))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 6, 2, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 6, 2, start=31))


# tf.nn.avg_pool1d(x, 3, 1, 'SAME')
x = generic(1, 6, 2)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.avg_pool1d(x, 3, 1, 'SAME')
        z = tf.reduce_sum(y * generic(1, 6, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 6, 2, start=31))


# tf.nn.pool(x, [2], 'AVG')
x = generic(1, 6, 2)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.pool(x, [2], 'AVG')
        z = tf.reduce_sum(y * generic(1, 5, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 6, 2, start=31))


# tf.nn.max_pool3d(x, 2, 2, 'VALID')
x = generic(1, 4, 4, 4, 1)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.max_pool3d(x, 2, 2, 'VALID')
            z = tf.reduce_sum(y * generic(1, 2, 2, 2, 1))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 4, 1, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 4, 4, 4, 1, start=31))
