# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.image.yiq_to_rgb(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.yiq_to_rgb(x)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.rgb_to_yuv(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.rgb_to_yuv(x)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.yuv_to_rgb(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.yuv_to_rgb(x)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.adjust_brightness(x, 0.1)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.adjust_brightness(x, 0.1)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.adjust_contrast(x, 1.3)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.image.adjust_contrast(x, 1.3)
    z = tf.reduce_sum(y * generic(1, 4, 4, 3))
try:
    g = t1.gradient(z, x)
except Exception:
    g = None


# tf.image.adjust_gamma(x, 0.8, 1.1)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.image.adjust_gamma(x, 0.8, 1.1)
            z = tf.reduce_sum(y * generic(1, 4, 4, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.adjust_hue(x, 0.1)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.image.adjust_hue(x, 0.1)
    z = tf.reduce_sum(y * generic(1, 4, 4, 3))
try:
    g = t1.gradient(z, x)
except Exception:
    g = None


# tf.image.adjust_saturation(x, 1.2)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.image.adjust_saturation(x, 1.2)
    z = tf.reduce_sum(y * generic(1, 4, 4, 3))
try:
    g = t1.gradient(z, x)
except Exception:
    g = None
