# Numbers repeat.
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


layer = tf.keras.layers.Flatten()
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 50))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 5, 5, 2, start=31))


layer = tf.keras.layers.Flatten(data_format='channels_first')
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 50))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 5, 5, 2, start=31))


layer = tf.keras.layers.Reshape((25, -1))
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 25, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 5, 5, 2, start=31))


layer = tf.keras.layers.Permute((3, 1, 2))
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 2, 5, 5))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 5, 5, 2, start=31))


layer = tf.keras.layers.Resizing(3, 4)
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 3, 4, 2))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(2, 5, 5, 2, start=31))
except Exception:
    h = None


layer = tf.keras.layers.Resizing(10, 10, interpolation='nearest')
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 10, 10, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 5, 5, 2, start=31))


layer = tf.keras.layers.CenterCrop(3, 3)
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 3, 3, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 5, 5, 2, start=31))


layer = tf.keras.layers.Rescaling(0.5, offset=1.0)
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
