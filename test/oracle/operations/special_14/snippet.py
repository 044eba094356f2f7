# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.math.atan2(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.atan2(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.atan2(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.atan2(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.squared_difference(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.squared_difference(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.floormod(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.floormod(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.maximum(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.maximum(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.minimum(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.minimum(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.pow(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.pow(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.divide(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.divide(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))
