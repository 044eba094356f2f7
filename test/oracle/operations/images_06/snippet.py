# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.image.per_image_standardization(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.image.per_image_standardization(x)
            z = tf.reduce_sum(y * generic(1, 4, 4, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.convert_image_dtype(x, tf.float64)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.convert_image_dtype(x, tf.float64)
        z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.convert_image_dtype(x, tf.uint8)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.image.convert_image_dtype(x, tf.uint8)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(1, 4, 4, 3))
g = t1.gradient(z, x)


# tf.image.sobel_edges(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.sobel_edges(x)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.image_gradients(x)[0]
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.image_gradients(x)[0]
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.total_variation(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.image.total_variation(x)
            z = tf.reduce_sum(y * generic(1))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.extract_patches(x, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], 'VALID')
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.extract_patches(x, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], 'VALID')
        z = tf.reduce_sum(y * generic(1, 2, 2, 12))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.extract_patches(x, [1, 3, 3, 1], [1, 1, 1, 1], [1, 1, 1, 1], 'SAME')
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.extract_patches(x, [1, 3, 3, 1], [1, 1, 1, 1], [1, 1, 1, 1], 'SAME')
        z = tf.reduce_sum(y * generic(1, 4, 4, 27))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
