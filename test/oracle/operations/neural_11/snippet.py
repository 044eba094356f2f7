# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.losses.CategoricalHinge()(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.CategoricalHinge()(l, s)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.BinaryFocalCrossentropy()(l, tf.sigmoid(s))
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.BinaryFocalCrossentropy()(l, tf.sigmoid(s))
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.CategoricalFocalCrossentropy()(l, tf.nn.softmax(s))
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.CategoricalFocalCrossentropy()(l, tf.nn.softmax(s))
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.CategoricalCrossentropy(label_smoothing=0.1)(l, tf.nn.softmax(s))
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.CategoricalCrossentropy(label_smoothing=0.1)(l, tf.nn.softmax(s))
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.KLDivergence()(l, tf.nn.softmax(s))
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.KLDivergence()(l, tf.nn.softmax(s))
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.CosineSimilarity(axis=0)(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.CosineSimilarity(axis=0)(l, s)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.metrics.mean_squared_error(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.metrics.mean_squared_error(l, s)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.sparse_categorical_crossentropy([0, 3, 2], tf.nn.softmax(s))
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.keras.losses.sparse_categorical_crossentropy([0, 3, 2], tf.nn.softmax(s))
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))
