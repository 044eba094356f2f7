# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.losses.log_cosh(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.log_cosh(l, s)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.hinge(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.hinge(l, s)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.squared_hinge(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.squared_hinge(l, s)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.categorical_hinge(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.categorical_hinge(l, s)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.kl_divergence(l, tf.nn.softmax(s))
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.kl_divergence(l, tf.nn.softmax(s))
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.poisson(l, tf.exp(s))
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.poisson(l, tf.exp(s))
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.cosine_similarity(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.cosine_similarity(l, s)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.cosine_similarity(l, s, axis=0)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.cosine_similarity(l, s, axis=0)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))
