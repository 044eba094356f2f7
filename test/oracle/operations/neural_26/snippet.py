# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.backend.equal(z, z)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.equal(z, z)
        z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.constant(z)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.constant(z)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.print_tensor(z)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.print_tensor(z)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.batch_normalization(z, tf.zeros([4]), tf.ones([4]), tf.zeros([4]), tf.ones([4]))
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.batch_normalization(z, tf.zeros([4]), tf.ones([4]), tf.zeros([4]), tf.ones([4]))
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.var(z)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.var(z)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.conv2d(z, tf.ones([2, 2, 2, 1]))
z = generic(1, 4, 4, 2)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.conv2d(z, tf.ones([2, 2, 2, 1]))
        z = tf.reduce_sum(y * generic(1, 3, 3, 1))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.pool2d(z, (2, 2), strides=(2, 2))
z = generic(1, 4, 4, 2)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.pool2d(z, (2, 2), strides=(2, 2))
        z = tf.reduce_sum(y * generic(1, 2, 2, 2))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.pool2d(z, (2, 2), pool_mode='avg')
z = generic(1, 4, 4, 2)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.pool2d(z, (2, 2), pool_mode='avg')
        z = tf.reduce_sum(y * generic(1, 3, 3, 2))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))
