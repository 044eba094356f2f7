# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.backend.batch_flatten(tf.reshape(z, [3, 2, 2]))
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.batch_flatten(tf.reshape(z, [3, 2, 2]))
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.flatten(z)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.flatten(z)
        z = tf.reduce_sum(y * generic(12))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.reshape(z, [4, 3])
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.reshape(z, [4, 3])
        z = tf.reduce_sum(y * generic(4, 3))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.permute_dimensions(z, [1, 0])
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.permute_dimensions(z, [1, 0])
        z = tf.reduce_sum(y * generic(4, 3))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.expand_dims(z)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.expand_dims(z)
        z = tf.reduce_sum(y * generic(3, 4, 1))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.squeeze(z[:, :1], 1)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.squeeze(z[:, :1], 1)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.concatenate([z, z * z])
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.concatenate([z, z * z])
        z = tf.reduce_sum(y * generic(3, 8))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.stack([z, z])
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.stack([z, z])
        z = tf.reduce_sum(y * generic(2, 3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))
