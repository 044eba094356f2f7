# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.case([(s[0, 0] > 2.0, lambda: s)], default=lambda: s * s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.case([(s[0, 0] > 2.0, lambda: s)], default=lambda: s * s)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.switch_case(tf.constant(1), [lambda: s, lambda: s * s])
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.switch_case(tf.constant(1), [lambda: s, lambda: s * s])
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.nest.map_structure(lambda v: v * v, [s])[0]
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.nest.map_structure(lambda v: v * v, [s])[0]
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.abs(s)
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.backend.abs(s)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.sum(s, axis=1)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.sum(s, axis=1)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.mean(s, axis=-1, keepdims=True)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.mean(s, axis=-1, keepdims=True)
        z = tf.reduce_sum(y * generic(3, 1))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.max(s, 0)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.max(s, 0)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.keras.backend.min(s)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.keras.backend.min(s)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
