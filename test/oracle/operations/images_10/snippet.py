# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.signal.hamming_window(8) * x
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.hamming_window(8) * x
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.signal.inverse_stft(tf.signal.stft(x, 4, 2), 4, 2)
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.inverse_stft(tf.signal.stft(x, 4, 2), 4, 2)
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.abs(tf.signal.rfft2d(x))
x = generic(4, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.abs(tf.signal.rfft2d(x))
            z = tf.reduce_sum(y * generic(4, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, 4, start=31))


# tf.math.real(tf.signal.fft2d(tf.cast(x, tf.complex64)))
x = generic(4, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.real(tf.signal.fft2d(tf.cast(x, tf.complex64)))
        z = tf.reduce_sum(y * generic(4, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, 4, start=31))


# tf.math.real(tf.signal.ifft2d(tf.signal.fft2d(tf.cast(x, tf.complex64))))
x = generic(4, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.real(tf.signal.ifft2d(tf.signal.fft2d(tf.cast(x, tf.complex64))))
        z = tf.reduce_sum(y * generic(4, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, 4, start=31))


# tf.abs(tf.signal.rfft(x, [6]))
x = generic(4, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.abs(tf.signal.rfft(x, [6]))
            z = tf.reduce_sum(y * generic(4, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, 4, start=31))


# tf.signal.irfft2d(tf.signal.rfft2d(x))
x = generic(4, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.irfft2d(tf.signal.rfft2d(x))
        z = tf.reduce_sum(y * generic(4, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, 4, start=31))
