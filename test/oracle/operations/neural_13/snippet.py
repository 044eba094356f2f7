# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.metrics.binary_accuracy(tf.eye(3, 4), s)
s = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(s)
    y = tf.keras.metrics.binary_accuracy(tf.eye(3, 4), s)
    z = tf.reduce_sum(y * generic(3))
g = t1.gradient(z, s)


# tf.keras.metrics.sparse_categorical_accuracy([0, 3, 2], s)
s = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(s)
    y = tf.keras.metrics.sparse_categorical_accuracy([0, 3, 2], s)
    z = tf.reduce_sum(y * generic(3))
g = t1.gradient(z, s)


# tf.keras.metrics.top_k_categorical_accuracy(tf.eye(3, 4), s, k=2)
s = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(s)
    y = tf.keras.metrics.top_k_categorical_accuracy(tf.eye(3, 4), s, k=2)
    z = tf.reduce_sum(y * generic(3))
g = t1.gradient(z, s)


# tf.keras.metrics.sparse_top_k_categorical_accuracy([0, 3, 2], s, k=2)
s = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(s)
    y = tf.keras.metrics.sparse_top_k_categorical_accuracy([0, 3, 2], s, k=2)
    z = tf.reduce_sum(y * generic(3))
g = t1.gradient(z, s)


# tf.keras.activations.relu(s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.activations.relu(s)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.activations.relu(s, alpha=0.1, max_value=0.5, threshold=0.2)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.activations.relu(s, alpha=0.1, max_value=0.5, threshold=0.2)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.activations.elu(s, alpha=0.5)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.activations.elu(s, alpha=0.5)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.activations.selu(s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.activations.selu(s)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))
