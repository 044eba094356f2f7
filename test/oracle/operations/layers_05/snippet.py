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


layer = tf.keras.layers.LayerNormalization()
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 5, 5, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))


layer = tf.keras.layers.LayerNormalization(epsilon=1e-6)
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 5, 5, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))


layer = tf.keras.layers.LayerNormalization(axis=[1, 2])
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 5, 5, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(5, 5, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(5, 5, start=31))


layer = tf.keras.layers.LayerNormalization(scale=False)
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 5, 5, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))


layer = tf.keras.layers.GroupNormalization(2)
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 5, 5, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))


layer = tf.keras.layers.GroupNormalization(groups=1, axis=-1)
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 5, 5, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))


layer = tf.keras.layers.UnitNormalization()
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = layer(x)
            z = tf.reduce_sum(y * generic(2, 5, 5, 2))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(2, 5, 5, 2, start=31))
k = t3.gradient(h, x, output_gradients=generic(2, 5, 5, 2, start=31))


layer = tf.keras.layers.UnitNormalization(axis=[1, 2])
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = layer(x)
            z = tf.reduce_sum(y * generic(2, 5, 5, 2))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(2, 5, 5, 2, start=31))
k = t3.gradient(h, x, output_gradients=generic(2, 5, 5, 2, start=31))
