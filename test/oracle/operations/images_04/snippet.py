# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.image.rot90(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.rot90(x)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.rot90(x, k=2)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.rot90(x, k=2)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.transpose(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.transpose(x)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.rgb_to_grayscale(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.rgb_to_grayscale(x)
        z = tf.reduce_sum(y * generic(1, 4, 4, 1))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.grayscale_to_rgb(x[..., :1])
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.grayscale_to_rgb(x[..., :1])
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.rgb_to_hsv(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.image.rgb_to_hsv(x)
            z = tf.reduce_sum(y * generic(1, 4, 4, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.hsv_to_rgb(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.image.hsv_to_rgb(x)
    z = tf.reduce_sum(y * generic(1, 4, 4, 3))
g = t1.gradient(z, x)


# tf.image.rgb_to_yiq(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.rgb_to_yiq(x)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
