# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.cumsum(x, exclusive=True, reverse=True)
x = generic(3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.cumsum(x, exclusive=True, reverse=True)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, start=31))


# tf.math.cumprod(x)
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.cumprod(x)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.math.cumprod(x, reverse=True)
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.cumprod(x, reverse=True)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.math.cumulative_logsumexp(x)
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.cumulative_logsumexp(x)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.math.cumulative_logsumexp(x, exclusive=True, reverse=True)
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.cumulative_logsumexp(x, exclusive=True, reverse=True)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.linalg.LinearOperatorDiag(x).to_dense()
x = generic(3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.LinearOperatorDiag(x).to_dense()
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, start=31))


# tf.einsum('ii->i', x)
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.einsum('ii->i', x)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))


# tf.einsum('ii', x)
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.einsum('ii', x)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
