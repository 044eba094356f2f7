# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.backend.zeros_like(z)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.zeros_like(z)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.ones_like(z) * z
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.ones_like(z) * z
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.binary_crossentropy(tf.ones([3, 4]), tf.sigmoid(z))
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.binary_crossentropy(tf.ones([3, 4]), tf.sigmoid(z))
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.categorical_crossentropy(tf.eye(3, 4), tf.nn.softmax(z))
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.categorical_crossentropy(tf.eye(3, 4), tf.nn.softmax(z))
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.sparse_categorical_crossentropy([0, 1, 2], z, from_logits=True)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.sparse_categorical_crossentropy([0, 1, 2], z, from_logits=True)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.epsilon() * z
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.epsilon() * z
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.any(z > 0.0)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.any(z > 0.0)
        z = tf.reduce_sum(tf.cast(y, tf.float32) * generic())
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.backend.greater(z, 0.0)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.backend.greater(z, 0.0)
        z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))
