# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.linalg.diag_part(x)
x = generic(2, 3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.diag_part(x)
        z = tf.reduce_sum(y * generic(2, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 3, 3, start=31))


# tf.linalg.band_part(x, 0, 0)
x = generic(2, 3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.band_part(x, 0, 0)
        z = tf.reduce_sum(y * generic(2, 3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 3, 3, start=31))


# tf.einsum('bij->bji', x)
x = generic(2, 3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.einsum('bij->bji', x)
        z = tf.reduce_sum(y * generic(2, 3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 3, 3, start=31))


# tf.einsum('bii->b', x)
x = generic(2, 3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.einsum('bii->b', x)
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 3, 3, start=31))


# tf.linalg.svd(x, compute_uv=False)
x = generic(2, 3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.svd(x, compute_uv=False)
            z = tf.reduce_sum(y * generic(2, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(2, 3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(2, 3, 3, start=31))


# tf.linalg.tridiagonal_solve(tf.stack([e, d + 2.0, e]), x)
x = generic(3, 3)
d = generic(3, start=107) * 0.4 + 0.6
e = generic(3, start=207)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, d, e])
    with tf.GradientTape() as t1:
        t1.watch([x, d, e])
        y = tf.linalg.tridiagonal_solve(tf.stack([e, d + 2.0, e]), x)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [x, d, e])
h0 = t2.gradient(g[0], [x, d, e], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [x, d, e], output_gradients=generic(3, start=31))
h2 = t2.gradient(g[2], [x, d, e], output_gradients=generic(3, start=31))


# tf.linalg.tridiagonal_matmul(tf.stack([e, d, e]), x)
x = generic(3, 3)
d = generic(3, start=107) * 0.4 + 0.6
e = generic(3, start=207)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, d, e])
    with tf.GradientTape() as t1:
        t1.watch([x, d, e])
        y = tf.linalg.tridiagonal_matmul(tf.stack([e, d, e]), x)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [x, d, e])
h0 = t2.gradient(g[0], [x, d, e], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [x, d, e], output_gradients=generic(3, start=31))
h2 = t2.gradient(g[2], [x, d, e], output_gradients=generic(3, start=31))
