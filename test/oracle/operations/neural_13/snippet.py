# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.metrics.binary_accuracy(tf.eye(3, 4), z)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.metrics.binary_accuracy(tf.eye(3, 4), z)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.metrics.sparse_categorical_accuracy([0, 3, 2], z)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.metrics.sparse_categorical_accuracy([0, 3, 2], z)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.metrics.top_k_categorical_accuracy(tf.eye(3, 4), z, k=2)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.metrics.top_k_categorical_accuracy(tf.eye(3, 4), z, k=2)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.metrics.sparse_top_k_categorical_accuracy([0, 3, 2], z, k=2)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.metrics.sparse_top_k_categorical_accuracy([0, 3, 2], z, k=2)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.activations.relu(z)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.activations.relu(z)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.activations.relu(z, alpha=0.1, max_value=0.5, threshold=0.2)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.activations.relu(z, alpha=0.1, max_value=0.5, threshold=0.2)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.activations.elu(z, alpha=0.5)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.activations.elu(z, alpha=0.5)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))


# tf.keras.activations.selu(z)
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.activations.selu(z)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))
