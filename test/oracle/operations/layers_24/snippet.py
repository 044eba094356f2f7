import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


def fill(variables):
    for i, v in enumerate(variables):
        v.assign(tf.cast(generic(*v.shape, start=20 + 50 * i) * 0.3 + 0.4, v.dtype))


layer = tf.keras.layers.SpatialDropout2D(0.5)
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 5, 5, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 5, 5, 2, start=31))


layer = tf.keras.layers.SpatialDropout1D(0.2)
x = generic(2, 6, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 6, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 6, 2, start=31))


layer = tf.keras.layers.SpatialDropout3D(0.5)
x = generic(1, 4, 4, 4, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(1, 4, 4, 4, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 4, 2, start=31))


layer = tf.keras.layers.Dropout(0.5)
x = generic(3, 4)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


layer = tf.keras.layers.GaussianNoise(0.5)
x = generic(3, 4)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


layer = tf.keras.layers.GaussianDropout(0.5)
x = generic(3, 4)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


layer = tf.keras.layers.AlphaDropout(0.5)
x = generic(3, 4)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
