# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.math.real(tf.signal.fft(tf.cast(x, tf.complex64)))
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.real(tf.signal.fft(tf.cast(x, tf.complex64)))
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.math.imag(tf.signal.ifft(tf.cast(x, tf.complex64)))
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.imag(tf.signal.ifft(tf.cast(x, tf.complex64)))
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.signal.irfft(tf.signal.rfft(x))
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.irfft(tf.signal.rfft(x))
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.square(tf.abs(tf.signal.rfft(x)))
x = generic(8)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.square(tf.abs(tf.signal.rfft(x)))
            z = tf.reduce_sum(y * generic(5))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(8, start=31))
k = t3.gradient(h, x, output_gradients=generic(8, start=31))


# tf.math.real(tf.signal.fftshift(tf.cast(x, tf.complex64)))
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.real(tf.signal.fftshift(tf.cast(x, tf.complex64)))
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.signal.fftshift(x)
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.fftshift(x)
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.signal.ifftshift(x)
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.ifftshift(x)
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.signal.dct(x)
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.dct(x)
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))
