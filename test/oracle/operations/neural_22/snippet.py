# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.backend.batch_flatten(tf.reshape(s, [3, 2, 2]))
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.batch_flatten(tf.reshape(s, [3, 2, 2]))
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.flatten(s)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.flatten(s)
        z = tf.reduce_sum(y * generic(12))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.reshape(s, [4, 3])
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.reshape(s, [4, 3])
        z = tf.reduce_sum(y * generic(4, 3))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.permute_dimensions(s, [1, 0])
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.permute_dimensions(s, [1, 0])
        z = tf.reduce_sum(y * generic(4, 3))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.expand_dims(s)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.expand_dims(s)
        z = tf.reduce_sum(y * generic(3, 4, 1))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.squeeze(s[:, :1], 1)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.squeeze(s[:, :1], 1)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.concatenate([s, s * s])
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.backend.concatenate([s, s * s])
            z = tf.reduce_sum(y * generic(3, 8))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.stack([s, s])
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.stack([s, s])
        z = tf.reduce_sum(y * generic(2, 3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
