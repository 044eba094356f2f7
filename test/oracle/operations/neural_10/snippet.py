# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.losses.categorical_focal_crossentropy(l, z, from_logits=True, gamma=1.0)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.categorical_focal_crossentropy(l, z, from_logits=True, gamma=1.0)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.MeanSquaredError()(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.MeanSquaredError()(l, z)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.MeanSquaredError(reduction='sum')(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.MeanSquaredError(reduction='sum')(l, z)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.MeanSquaredError(reduction=tf.keras.losses.Reduction.NONE)(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.MeanSquaredError(reduction=tf.keras.losses.Reduction.NONE)(l, z)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.MeanSquaredError()(l, z, sample_weight=[0.5, 1.0, 2.0])
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.MeanSquaredError()(l, z, sample_weight=[0.5, 1.0, 2.0])
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.MeanAbsoluteError()(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.MeanAbsoluteError()(l, z)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.Huber(delta=0.3)(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.Huber(delta=0.3)(l, z)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.LogCosh()(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.LogCosh()(l, z)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))
