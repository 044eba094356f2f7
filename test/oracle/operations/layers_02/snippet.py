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


layer = tf.keras.layers.DepthwiseConv2D(2)
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 4, 4, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 2, 2, 1, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))


layer = tf.keras.layers.DepthwiseConv2D(3, strides=2, padding='same', depth_multiplier=2, activation='tanh')
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 3, 3, 4))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(3, 3, 2, 2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(4, start=31))


layer = tf.keras.layers.SeparableConv2D(3, 2)
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 4, 4, 3))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 2, 2, 1, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(1, 1, 2, 3, start=31))


layer = tf.keras.layers.SeparableConv2D(2, 3, padding='same', activation='elu')
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
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(3, 3, 2, 1, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(1, 1, 2, 2, start=31))


layer = tf.keras.layers.LocallyConnected2D(2, 2)
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 4, 4, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(16, 8, 2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(4, 4, 2, start=31))


layer = tf.keras.layers.MaxPooling2D()
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
            z = tf.reduce_sum(y * generic(2, 2, 2, 2))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(2, 5, 5, 2, start=31))
k = t3.gradient(h, x, output_gradients=generic(2, 5, 5, 2, start=31))


layer = tf.keras.layers.MaxPool2D(3, strides=1, padding='same')
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


layer = tf.keras.layers.AveragePooling2D((2, 2))
x = generic(2, 5, 5, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 2, 2, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(2, 5, 5, 2, start=31))
