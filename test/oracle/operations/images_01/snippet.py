# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.image.resize(x, [8, 8])
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.resize(x, [8, 8])
        z = tf.reduce_sum(y * generic(1, 8, 8, 3))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
except Exception:
    h = None


# tf.image.resize(x, [3, 5])
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.resize(x, [3, 5])
        z = tf.reduce_sum(y * generic(1, 3, 5, 3))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
except Exception:
    h = None


# tf.image.resize(x, [8, 6], method='nearest')
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.resize(x, [8, 6], method='nearest')
        z = tf.reduce_sum(y * generic(1, 8, 6, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.resize(x, [8, 6], method='bicubic')
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.resize(x, [8, 6], method='bicubic')
        z = tf.reduce_sum(y * generic(1, 8, 6, 3))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
except Exception:
    h = None


# tf.image.resize(x, [2, 2], method='area')
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.image.resize(x, [2, 2], method='area')
    z = tf.reduce_sum(y * generic(1, 2, 2, 3))
try:
    g = t1.gradient(z, x)
except Exception:
    g = None


# tf.image.resize(x, [3, 3], method='lanczos3')
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.resize(x, [3, 3], method='lanczos3')
        z = tf.reduce_sum(y * generic(1, 3, 3, 3))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
except Exception:
    h = None


# tf.image.resize(x, [3, 3], method='lanczos5')
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.resize(x, [3, 3], method='lanczos5')
        z = tf.reduce_sum(y * generic(1, 3, 3, 3))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
except Exception:
    h = None


# tf.image.resize(x, [6, 6], method='gaussian')
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.resize(x, [6, 6], method='gaussian')
        z = tf.reduce_sum(y * generic(1, 6, 6, 3))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
except Exception:
    h = None
