# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.linalg.svd(x)[1] ** 2
x = generic(4, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.svd(x)[1] ** 2
            z = tf.reduce_sum(y * generic(4, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, 3, start=31))


# tf.linalg.diag_part(x)
x = generic(4, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.diag_part(x)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))


# tf.linalg.set_diag(x, tf.constant([1.0, 2.0, 3.0]))
x = generic(4, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.set_diag(x, tf.constant([1.0, 2.0, 3.0]))
        z = tf.reduce_sum(y * generic(4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))


# tf.linalg.set_diag(x, tf.constant([1.0, 2.0, 3.0]), k=-1)
x = generic(4, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.set_diag(x, tf.constant([1.0, 2.0, 3.0]), k=-1)
        z = tf.reduce_sum(y * generic(4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))


# tf.linalg.band_part(x, -1, 1)
x = generic(4, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.band_part(x, -1, 1)
        z = tf.reduce_sum(y * generic(4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))


# tf.linalg.inv(x + 2.0 * tf.eye(3))
x = generic(2, 3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.inv(x + 2.0 * tf.eye(3))
            z = tf.reduce_sum(y * generic(2, 3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(2, 3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(2, 3, 3, start=31))


# tf.linalg.det(x + 2.0 * tf.eye(3))
x = generic(2, 3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.det(x + 2.0 * tf.eye(3))
            z = tf.reduce_sum(y * generic(2))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(2, 3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(2, 3, 3, start=31))


# tf.linalg.trace(x)
x = generic(2, 3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.trace(x)
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 3, 3, start=31))
