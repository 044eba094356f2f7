# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.losses.sparse_categorical_crossentropy([0, 3, 2], s, from_logits=True)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.losses.sparse_categorical_crossentropy([0, 3, 2], s, from_logits=True)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.losses.sparse_categorical_crossentropy([0, 3, 2], s, from_logits=True, ignore_class=3)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.losses.sparse_categorical_crossentropy([0, 3, 2], s, from_logits=True, ignore_class=3)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)([0, 3, 2], s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)([0, 3, 2], s)
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction='none')(tf.constant([0, 3, 2]), s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction='none')(tf.constant([0, 3, 2]), s)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.losses.BinaryCrossentropy(from_logits=True)([[0.0, 1.0, 1.0, 0.0]] * 3, s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.losses.BinaryCrossentropy(from_logits=True)([[0.0, 1.0, 1.0, 0.0]] * 3, s)
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.losses.Hinge()([[0.0, 1.0, 1.0, 0.0]] * 3, s)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.losses.Hinge()([[0.0, 1.0, 1.0, 0.0]] * 3, s)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.losses.get('mse')(tf.zeros([3, 4]), s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.losses.get('mse')(tf.zeros([3, 4]), s)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.metrics.categorical_accuracy(tf.eye(3, 4), s)
s = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(s)
    y = tf.keras.metrics.categorical_accuracy(tf.eye(3, 4), s)
    z = tf.reduce_sum(y * generic(3))
g = t1.gradient(z, s)
