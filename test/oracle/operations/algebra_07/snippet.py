# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.einsum('ij->ji', x)
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.einsum('ij->ji', x)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))


# tf.einsum('ij->', x)
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.einsum('ij->', x)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.band_part(x, 0, -1)
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.band_part(x, 0, -1)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.band_part(x, 1, 0)
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.band_part(x, 1, 0)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.diag_part(x)
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.diag_part(x)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.diag_part(x, k=1)
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.diag_part(x, k=1)
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.diag_part(x, k=(-1, 1))
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.diag_part(x, k=(-1, 1))
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.tensor_diag_part(x)
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.tensor_diag_part(x)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
