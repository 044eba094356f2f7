import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.image.random_brightness(x, 0.1)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.random_brightness(x, 0.1)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.random_flip_left_right(x)
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.random_flip_left_right(x)
        z = tf.reduce_sum(y * generic(1, 4, 4, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))


# tf.image.random_crop(x, [1, 2, 2, 3])
x = generic(1, 4, 4, 3) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.image.random_crop(x, [1, 2, 2, 3])
        z = tf.reduce_sum(y * generic(1, 2, 2, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 3, start=31))
