# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.signal.dct(x, norm='ortho')
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.dct(x, norm='ortho')
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.signal.idct(x)
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.idct(x)
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.signal.dct(x, type=3)
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.dct(x, type=3)
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.signal.frame(x, 4, 2)
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.frame(x, 4, 2)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.signal.frame(x, 3, 2, pad_end=True)
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.frame(x, 3, 2, pad_end=True)
        z = tf.reduce_sum(y * generic(4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.signal.overlap_and_add(tf.reshape(x, [4, 2]), 1)
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.overlap_and_add(tf.reshape(x, [4, 2]), 1)
        z = tf.reduce_sum(y * generic(5))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))


# tf.abs(tf.signal.stft(x, 4, 2))
x = generic(8)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.abs(tf.signal.stft(x, 4, 2))
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(8, start=31))
k = t3.gradient(h, x, output_gradients=generic(8, start=31))


# tf.signal.hann_window(8) * x
x = generic(8)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.signal.hann_window(8) * x
        z = tf.reduce_sum(y * generic(8))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(8, start=31))
