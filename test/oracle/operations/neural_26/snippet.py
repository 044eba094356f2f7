# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.backend.equal(s, s)
s = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(s)
    y = tf.keras.backend.equal(s, s)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(3, 4))
g = t1.gradient(z, s)


# tf.keras.backend.constant(s)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.constant(s)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.print_tensor(s)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.print_tensor(s)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.batch_normalization(s, tf.zeros([4]), tf.ones([4]), tf.zeros([4]), tf.ones([4]))
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.batch_normalization(s, tf.zeros([4]), tf.ones([4]), tf.zeros([4]), tf.ones([4]))
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.var(s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.backend.var(s)
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.conv2d(s, tf.ones([2, 2, 2, 1]))
s = generic(1, 4, 4, 2)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.conv2d(s, tf.ones([2, 2, 2, 1]))
        z = tf.reduce_sum(y * generic(1, 3, 3, 1))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(1, 4, 4, 2, start=31))


# tf.keras.backend.pool2d(s, (2, 2), strides=(2, 2))
s = generic(1, 4, 4, 2)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.backend.pool2d(s, (2, 2), strides=(2, 2))
            z = tf.reduce_sum(y * generic(1, 2, 2, 2))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(1, 4, 4, 2, start=31))
k = t3.gradient(h, s, output_gradients=generic(1, 4, 4, 2, start=31))


# tf.keras.backend.pool2d(s, (2, 2), pool_mode='avg')
s = generic(1, 4, 4, 2)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.pool2d(s, (2, 2), pool_mode='avg')
        z = tf.reduce_sum(y * generic(1, 3, 3, 2))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(1, 4, 4, 2, start=31))
