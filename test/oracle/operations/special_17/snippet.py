# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.math.special.dawsn(x)
x = generic(4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.special.dawsn(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.bessel_i1(x)
x = generic(4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.bessel_i1(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.special.bessel_j1(x)
x = generic(4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.special.bessel_j1(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.acosh(x)
x = generic(4) * 0.5 + 1.8
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.acosh(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.log(x)
x = generic(4) * 0.5 + 1.8
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.log(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.lgamma(x)
x = generic(4) * 0.5 + 1.8
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


# tf.math.special.spence(x)
x = generic(4) * 0.5 + 1.8
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.special.spence(x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))
