# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.losses.log_cosh(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.log_cosh(l, z)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.hinge(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.hinge(l, z)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.squared_hinge(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.squared_hinge(l, z)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.categorical_hinge(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.categorical_hinge(l, z)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.kl_divergence(l, tf.nn.softmax(z))
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.kl_divergence(l, tf.nn.softmax(z))
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.poisson(l, tf.exp(z))
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.poisson(l, tf.exp(z))
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.cosine_similarity(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.cosine_similarity(l, z)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.cosine_similarity(l, z, axis=0)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.cosine_similarity(l, z, axis=0)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))
