# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.math.real(tf.linalg.eigvals(x))
x = tf.matmul(generic(3, 3), generic(3, 3), transpose_b=True) + tf.linalg.diag(tf.constant([2.0, 3.0, 4.0]))
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.real(tf.linalg.eigvals(x))
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.cholesky_solve(tf.linalg.cholesky(x), tf.ones([3, 1]))
x = tf.matmul(generic(3, 3), generic(3, 3), transpose_b=True) + tf.linalg.diag(tf.constant([2.0, 3.0, 4.0]))
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.cholesky_solve(tf.linalg.cholesky(x), tf.ones([3, 1]))
            z = tf.reduce_sum(y * generic(3, 1))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.inv(x)
x = tf.matmul(generic(3, 3), generic(3, 3), transpose_b=True) + tf.linalg.diag(tf.constant([2.0, 3.0, 4.0]))
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.inv(x)
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.slogdet(x)[1]
x = tf.matmul(generic(3, 3), generic(3, 3), transpose_b=True) + tf.linalg.diag(tf.constant([2.0, 3.0, 4.0]))
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.slogdet(x)[1]
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.pinv(x)
x = generic(4, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.pinv(x)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, 3, start=31))


# tf.linalg.qr(x)[1]
x = generic(4, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.qr(x)[1]
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, 3, start=31))


# tf.linalg.qr(x)[0]
x = generic(4, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.qr(x)[0]
            z = tf.reduce_sum(y * generic(4, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, 3, start=31))


# tf.linalg.svd(x, compute_uv=False)
x = generic(4, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.svd(x, compute_uv=False)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, 3, start=31))
