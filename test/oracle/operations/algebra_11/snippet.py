# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.linalg.norm(x, ord=np.inf, axis=1)
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.norm(x, ord=np.inf, axis=1)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.l2_normalize(x, axis=1)
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.l2_normalize(x, axis=1)
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.matmul(x, x) @ x
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.matmul(x, x) @ x
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.matmul(x, x, transpose_a=True)
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.matmul(x, x, transpose_a=True)
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.cumsum(x, axis=1)
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.cumsum(x, axis=1)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))


# tf.math.cumprod(x, axis=1, exclusive=True)
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.cumprod(x, axis=1, exclusive=True)
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.math.cumulative_logsumexp(x, axis=1)
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.cumulative_logsumexp(x, axis=1)
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.matvec(x, tf.constant([1.0, 2.0, 3.0]))
x = generic(3, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.matvec(x, tf.constant([1.0, 2.0, 3.0]))
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
