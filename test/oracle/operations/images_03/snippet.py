# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.image.crop_and_resize(x, [[0.0, 0.1, 0.7, 0.9]], [0], [3, 3])
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.crop_and_resize(x, [[0.0, 0.1, 0.7, 0.9]], [0], [3, 3])
        z = tf.reduce_sum(y * generic(1, 3, 3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.square(tf.image.crop_and_resize(x, [[0.0, 0.1, 0.7, 0.9]], [0], [3, 3]))
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.square(tf.image.crop_and_resize(x, [[0.0, 0.1, 0.7, 0.9]], [0], [3, 3]))
        z = tf.reduce_sum(y * generic(1, 3, 3, 3))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
except Exception:
    h = None


# tf.image.crop_and_resize(x, [[0.0, 0.1, 0.7, 0.9]], [0], [3, 3], method='nearest')
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.crop_and_resize(x, [[0.0, 0.1, 0.7, 0.9]], [0], [3, 3], method='nearest')
        z = tf.reduce_sum(y * generic(1, 3, 3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.central_crop(x, 0.5)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.central_crop(x, 0.5)
        z = tf.reduce_sum(y * generic(1, 2, 2, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.crop_to_bounding_box(x, 1, 0, 2, 3)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.crop_to_bounding_box(x, 1, 0, 2, 3)
        z = tf.reduce_sum(y * generic(1, 2, 3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.pad_to_bounding_box(x, 1, 2, 6, 7)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.pad_to_bounding_box(x, 1, 2, 6, 7)
        z = tf.reduce_sum(y * generic(1, 6, 7, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.flip_left_right(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.flip_left_right(x)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.flip_up_down(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.flip_up_down(x)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
