# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.linalg.LinearOperatorFullMatrix(x).matmul(tf.eye(3))
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.LinearOperatorFullMatrix(x).matmul(tf.eye(3))
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.cholesky(x)
x = tf.matmul(generic(3, 3), generic(3, 3), transpose_b=True) + tf.linalg.diag(tf.constant([2.0, 3.0, 4.0]))
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.cholesky(x)
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.logdet(x)
x = tf.matmul(generic(3, 3), generic(3, 3), transpose_b=True) + tf.linalg.diag(tf.constant([2.0, 3.0, 4.0]))
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.logdet(x)
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.eigh(x)[0]
x = tf.matmul(generic(3, 3), generic(3, 3), transpose_b=True) + tf.linalg.diag(tf.constant([2.0, 3.0, 4.0]))
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.eigh(x)[0]
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.eigh(x)[1] ** 2
x = tf.matmul(generic(3, 3), generic(3, 3), transpose_b=True) + tf.linalg.diag(tf.constant([2.0, 3.0, 4.0]))
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.eigh(x)[1] ** 2
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.eigvalsh(x)
x = tf.matmul(generic(3, 3), generic(3, 3), transpose_b=True) + tf.linalg.diag(tf.constant([2.0, 3.0, 4.0]))
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.eigvalsh(x)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.sqrtm(x)
x = tf.matmul(generic(3, 3), generic(3, 3), transpose_b=True) + tf.linalg.diag(tf.constant([2.0, 3.0, 4.0]))
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.sqrtm(x)
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.math.real(tf.linalg.logm(tf.cast(x, tf.complex64)))
x = tf.matmul(generic(3, 3), generic(3, 3), transpose_b=True) + tf.linalg.diag(tf.constant([2.0, 3.0, 4.0]))
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.math.real(tf.linalg.logm(tf.cast(x, tf.complex64)))
    z = tf.reduce_sum(y * generic(3, 3))
try:
    g = t1.gradient(z, x)
except Exception:
    g = None
