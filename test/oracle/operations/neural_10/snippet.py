# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.losses.categorical_focal_crossentropy(l, s, from_logits=True, gamma=1.0)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.categorical_focal_crossentropy(l, s, from_logits=True, gamma=1.0)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.MeanSquaredError()(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.MeanSquaredError()(l, s)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.MeanSquaredError(reduction='sum')(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.MeanSquaredError(reduction='sum')(l, s)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.MeanSquaredError(reduction=tf.keras.losses.Reduction.NONE)(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.MeanSquaredError(reduction=tf.keras.losses.Reduction.NONE)(l, s)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.MeanSquaredError()(l, s, sample_weight=[0.5, 1.0, 2.0])
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.MeanSquaredError()(l, s, sample_weight=[0.5, 1.0, 2.0])
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.MeanAbsoluteError()(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.MeanAbsoluteError()(l, s)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.Huber(delta=0.3)(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.Huber(delta=0.3)(l, s)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.LogCosh()(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.LogCosh()(l, s)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))
