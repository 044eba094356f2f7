# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.backend.zeros_like(s)
s = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(s)
    y = tf.keras.backend.zeros_like(s)
    z = tf.reduce_sum(y * generic(3, 4))
g = t1.gradient(z, s)


# tf.keras.backend.ones_like(s) * s
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.ones_like(s) * s
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.binary_crossentropy(tf.ones([3, 4]), tf.sigmoid(s))
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.backend.binary_crossentropy(tf.ones([3, 4]), tf.sigmoid(s))
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.categorical_crossentropy(tf.eye(3, 4), tf.nn.softmax(s))
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.backend.categorical_crossentropy(tf.eye(3, 4), tf.nn.softmax(s))
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.sparse_categorical_crossentropy([0, 1, 2], s, from_logits=True)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.backend.sparse_categorical_crossentropy([0, 1, 2], s, from_logits=True)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.epsilon() * s
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.epsilon() * s
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.any(s > 0.0)
s = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(s)
    y = tf.keras.backend.any(s > 0.0)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic())
g = t1.gradient(z, s)


# tf.keras.backend.greater(s, 0.0)
s = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(s)
    y = tf.keras.backend.greater(s, 0.0)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(3, 4))
g = t1.gradient(z, s)
