# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.linalg.norm(x, ord=1)
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.norm(x, ord=1)
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.linalg.norm(x, ord=3)
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.norm(x, ord=3)
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.linalg.norm(x, np.inf)
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.norm(x, np.inf)
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.norm(x, ord='euclidean', axis=0, keepdims=True)
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.norm(x, ord='euclidean', axis=0, keepdims=True)
            z = tf.reduce_sum(y * generic(1))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.linalg.normalize(x)[0]
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.normalize(x)[0]
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.linalg.normalize(x, ord=1)[1]
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.normalize(x, ord=1)[1]
            z = tf.reduce_sum(y * generic(1))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.math.l2_normalize(x)
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.l2_normalize(x)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.cumsum(x)
x = generic(3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.cumsum(x)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, start=31))
