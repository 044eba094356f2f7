# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.linalg.lu(x)[0]
x = generic(3, 3)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.linalg.lu(x)[0]
    z = tf.reduce_sum(y * generic(3, 3))
try:
    g = t1.gradient(z, x)
except Exception:
    g = None


# tf.cast(tf.linalg.matrix_rank(x), tf.float32)
x = generic(3, 3)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.cast(tf.linalg.matrix_rank(x), tf.float32)
    z = tf.reduce_sum(y * generic())
g = t1.gradient(z, x)


# tf.linalg.norm(x)
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.norm(x)
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.norm(x, 'fro', [0, 1])
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.norm(x, 'fro', [0, 1])
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.norm(x, ord=2, axis=[-2, -1])
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.norm(x, ord=2, axis=[-2, -1])
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.norm(x, ord=1, axis=[-2, -1])
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.norm(x, ord=1, axis=[-2, -1])
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.norm(x, np.inf, axis=[0, 1])
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.norm(x, np.inf, axis=[0, 1])
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))


# tf.linalg.norm(x, axis=1)
x = generic(3, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.norm(x, axis=1)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 3, start=31))
