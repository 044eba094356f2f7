# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.math.betainc(x, 1.5, 0.5)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.math.betainc(x, 1.5, 0.5)
    z = tf.reduce_sum(y * generic(4))
g = t1.gradient(z, x)


# tf.math.lbeta(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.lbeta(x)
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.xlogy(x, x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.xlogy(x, x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.xlog1py(x, x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.xlog1py(x, x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.xdivy(x, x + 1.0)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.xdivy(x, x + 1.0)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.multiply_no_nan(x, x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.multiply_no_nan(x, x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.divide_no_nan(1.0, x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.divide_no_nan(1.0, x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.reciprocal_no_nan(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.reciprocal_no_nan(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))
