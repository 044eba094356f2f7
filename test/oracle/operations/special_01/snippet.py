# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.math.lgamma(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.lgamma(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.digamma(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.digamma(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.erf(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.erf(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.erfc(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.erfc(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.erfinv(x * 0.9)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.erfinv(x * 0.9)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.erfcinv(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.erfcinv(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.ndtri(x * 0.9)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.ndtri(x * 0.9)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.bessel_i0(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.bessel_i0(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))
