# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.linalg.cholesky_solve(a, b)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.cholesky_solve(a, b)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.linalg.matmul(a, tf.linalg.inv(b))
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.matmul(a, tf.linalg.inv(b))
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.linalg.lstsq(a, b)
a = generic(4, 3)
b = generic(4, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.lstsq(a, b)
        z = tf.reduce_sum(y * generic(3, 2))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, 2, start=31))


# tf.linalg.lstsq(a, b, l2_regularizer=0.1)
a = generic(4, 3)
b = generic(4, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.lstsq(a, b, l2_regularizer=0.1)
        z = tf.reduce_sum(y * generic(3, 2))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, 2, start=31))


# tf.linalg.lstsq(a, b, fast=False)
a = generic(4, 3)
b = generic(4, 2, start=107)
with tf.GradientTape() as t1:
    t1.watch([a, b])
    y = tf.linalg.lstsq(a, b, fast=False)
    z = tf.reduce_sum(y * generic(3, 2))
try:
    g = t1.gradient(z, [a, b])
except Exception:
    g = None


# tf.einsum('bij,bj->bi', a, b)
a = generic(2, 3, 4)
b = generic(2, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.einsum('bij,bj->bi', a, b)
        z = tf.reduce_sum(y * generic(2, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(2, 3, 4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(2, 4, start=31))


# tf.einsum('...ij,...j->...i', a, b)
a = generic(2, 3, 4)
b = generic(2, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.einsum('...ij,...j->...i', a, b)
        z = tf.reduce_sum(y * generic(2, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(2, 3, 4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(2, 4, start=31))


# tf.einsum('bij,bk->ijk', a, b)
a = generic(2, 3, 4)
b = generic(2, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.einsum('bij,bk->ijk', a, b)
        z = tf.reduce_sum(y * generic(3, 4, 4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(2, 3, 4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(2, 4, start=31))
