# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.losses.CategoricalHinge()(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.CategoricalHinge()(l, z)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.BinaryFocalCrossentropy()(l, tf.sigmoid(z))
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.BinaryFocalCrossentropy()(l, tf.sigmoid(z))
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.CategoricalFocalCrossentropy()(l, tf.nn.softmax(z))
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.CategoricalFocalCrossentropy()(l, tf.nn.softmax(z))
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.CategoricalCrossentropy(label_smoothing=0.1)(l, tf.nn.softmax(z))
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.CategoricalCrossentropy(label_smoothing=0.1)(l, tf.nn.softmax(z))
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.KLDivergence()(l, tf.nn.softmax(z))
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.KLDivergence()(l, tf.nn.softmax(z))
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.CosineSimilarity(axis=0)(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.losses.CosineSimilarity(axis=0)(l, z)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.metrics.mean_squared_error(l, z)
l = generic(3, 4) * 0.4 + 0.6
z = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, z])
    with tf.GradientTape() as t1:
        t1.watch([l, z])
        y = tf.keras.metrics.mean_squared_error(l, z)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, z])
h0 = t2.gradient(g[0], [l, z], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, z], output_gradients=generic(start=31))


# tf.keras.losses.sparse_categorical_crossentropy([0, 3, 2], tf.nn.softmax(z))
z = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(z)
    with tf.GradientTape() as t1:
        t1.watch(z)
        y = tf.keras.losses.sparse_categorical_crossentropy([0, 3, 2], tf.nn.softmax(z))
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, z)
h = t2.gradient(g, z, output_gradients=generic(start=31))
