# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.image.psnr(x, x * 0.9, 1.0)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.image.psnr(x, x * 0.9, 1.0)
            z = tf.reduce_sum(y * generic(1))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.nn.depth_to_space(tf.tile(x, [1, 1, 1, 4]), 2)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.depth_to_space(tf.tile(x, [1, 1, 1, 4]), 2)
        z = tf.reduce_sum(y * generic(1, 8, 8, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.ssim(x, x * 0.9, 1.0)
x = generic(1, 12, 12, 1) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.image.ssim(x, x * 0.9, 1.0)
            z = tf.reduce_sum(y * generic(1))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 12, 12, 1, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 12, 12, 1, start=31))


# tf.image.ssim(x, tf.square(x), 1.0, filter_size=5)
x = generic(1, 12, 12, 1) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.image.ssim(x, tf.square(x), 1.0, filter_size=5)
            z = tf.reduce_sum(y * generic(1))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 12, 12, 1, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 12, 12, 1, start=31))


# tf.image.psnr(a, b * 0.7, 1.0)
a = generic(1, 12, 12, 1) * 0.4 + 0.6
b = generic(1, 12, 12, 1, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.image.psnr(a, b * 0.7, 1.0)
        z = tf.reduce_sum(y * generic(1))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(1, 12, 12, 1, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(1, 12, 12, 1, start=31))


# tf.image.ssim(a, b * 0.7, 1.0, filter_size=7)
a = generic(1, 12, 12, 1) * 0.4 + 0.6
b = generic(1, 12, 12, 1, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.image.ssim(a, b * 0.7, 1.0, filter_size=7)
        z = tf.reduce_sum(y * generic(1))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(1, 12, 12, 1, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(1, 12, 12, 1, start=31))


# tf.image.crop_and_resize(x, b * tf.constant([0.1, 0.1, 1.0, 1.0]), [0, 0], [2, 2])
x = generic(1, 4, 4, 1)
b = generic(2, 4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, b])
    with tf.GradientTape() as t1:
        t1.watch([x, b])
        y = tf.image.crop_and_resize(x, b * tf.constant([0.1, 0.1, 1.0, 1.0]), [0, 0], [2, 2])
        z = tf.reduce_sum(y * generic(2, 2, 2, 1))
    g = t1.gradient(z, [x, b])
try:
    h0 = t2.gradient(g[0], [x, b], output_gradients=generic(1, 4, 4, 1, start=31))
except Exception:
    h0 = None
try:
    h1 = t2.gradient(g[1], [x, b], output_gradients=generic(2, 4, start=31))
except Exception:
    h1 = None


# tf.abs(tf.signal.rfft(x))
x = generic(8)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.abs(tf.signal.rfft(x))
            z = tf.reduce_sum(y * generic(5))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(8, start=31))
k = t3.gradient(h, x, output_gradients=generic(8, start=31))
