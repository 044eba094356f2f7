# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.batch_norm_with_global_normalization(tf.reshape(x, [1, 2, 2, 2]), m, v, o, s, 0.01, True)
x = generic(4, 2)
m = generic(2, start=107)
v = generic(2, start=207) * 0.4 + 0.6
o = generic(2, start=307)
s = generic(2, start=407)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, m, v, o, s])
    with tf.GradientTape() as t1:
        t1.watch([x, m, v, o, s])
        y = tf.nn.batch_norm_with_global_normalization(tf.reshape(x, [1, 2, 2, 2]), m, v, o, s, 0.01, True)
        z = tf.reduce_sum(y * generic(1, 2, 2, 2))
    g = t1.gradient(z, [x, m, v, o, s])
h0 = t2.gradient(g[0], [x, m, v, o, s], output_gradients=generic(4, 2, start=31))
h1 = t2.gradient(g[1], [x, m, v, o, s], output_gradients=generic(2, start=31))
h2 = t2.gradient(g[2], [x, m, v, o, s], output_gradients=generic(2, start=31))
h3 = t2.gradient(g[3], [x, m, v, o, s], output_gradients=generic(2, start=31))
h4 = t2.gradient(g[4], [x, m, v, o, s], output_gradients=generic(2, start=31))


# tf.nn.moments(x, [0])[0]
x = generic(4, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.moments(x, [0])[0]
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))


# tf.nn.moments(x, [0])[1]
x = generic(4, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.moments(x, [0])[1]
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, 3, start=31))


# tf.nn.moments(x, axes=[0, 1], keepdims=True)[1]
x = generic(4, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.moments(x, axes=[0, 1], keepdims=True)[1]
            z = tf.reduce_sum(y * generic(1, 1))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, 3, start=31))


# tf.nn.weighted_moments(x, [0], tf.constant([[0.2], [0.5], [0.1], [0.9]]))[1]
x = generic(4, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.weighted_moments(x, [0], tf.constant([[0.2], [0.5], [0.1], [0.9]]))[1]
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, 3, start=31))


# tf.nn.weighted_moments(x, [0], 1.0)[0]
x = generic(4, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.weighted_moments(x, [0], 1.0)[0]
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))


# tf.nn.sufficient_statistics(x, [0])[1]
x = generic(4, 3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.sufficient_statistics(x, [0])[1]
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))


# tf.nn.sufficient_statistics(x, [0])[2]
x = generic(4, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.sufficient_statistics(x, [0])[2]
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, 3, start=31))
