# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.tensordot(a, b, 0)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.tensordot(a, b, 0)
        z = tf.reduce_sum(y * generic(3, 3, 3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.linalg.cross(a, b)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.cross(a, b)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.linalg.set_diag(a, b[0])
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.set_diag(a, b[0])
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.linalg.solve(a, b)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.solve(a, b)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.linalg.solve(a, b, adjoint=True)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.solve(a, b, adjoint=True)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.linalg.triangular_solve(a, b)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.triangular_solve(a, b)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.linalg.triangular_solve(a, b, lower=False)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.triangular_solve(a, b, lower=False)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.linalg.triangular_solve(a, b, adjoint=True)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.triangular_solve(a, b, adjoint=True)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))
