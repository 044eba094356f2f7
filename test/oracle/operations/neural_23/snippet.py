# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.backend.repeat(z, 2)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.repeat(z, 2)
        z = tf.reduce_sum(y * generic(3, 2, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.repeat_elements(z, 2, 1)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.repeat_elements(z, 2, 1)
        z = tf.reduce_sum(y * generic(3, 8))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.tile(z, [1, 2])
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.tile(z, [1, 2])
        z = tf.reduce_sum(y * generic(3, 8))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.reverse(z, 0)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.reverse(z, 0)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.gather(z, [0, 2])
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.gather(z, [0, 2])
        z = tf.reduce_sum(y * generic(2, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.one_hot([0, 2], 3) + z[0, 0]
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.one_hot([0, 2], 3) + z[0, 0]
        z = tf.reduce_sum(y * generic(2, 3))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.cumsum(z, axis=1)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.cumsum(z, axis=1)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.cumprod(z, axis=0)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.cumprod(z, axis=0)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))
