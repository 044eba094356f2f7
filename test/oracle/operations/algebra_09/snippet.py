# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.linalg.expm(x)
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.expm(x)
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.pinv(x)
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.pinv(x)
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.svd(x)[0]
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.svd(x)[0]
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.svd(x)[1] ** 2
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.svd(x)[1] ** 2
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.svd(x, compute_uv=False)
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.svd(x, compute_uv=False)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.qr(x)[0]
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.qr(x)[0]
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.qr(x)[1]
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.qr(x)[1]
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.qr(x, full_matrices=True)[1]
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.qr(x, full_matrices=True)[1]
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))
