# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.activations.gelu(s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.activations.gelu(s)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.activations.gelu(s, approximate=True)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.activations.gelu(s, approximate=True)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.activations.mish(s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.activations.mish(s)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.activations.swish(s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.activations.swish(s)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.activations.hard_sigmoid(s)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.activations.hard_sigmoid(s)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.activations.exponential(s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.activations.exponential(s)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.activations.softsign(s)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.activations.softsign(s)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
try:
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
except Exception:
    h = None


# tf.keras.activations.softmax(s, axis=0)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.activations.softmax(s, axis=0)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))
