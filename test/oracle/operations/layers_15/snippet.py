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


layer = tf.keras.layers.ZeroPadding3D(1)
x = generic(1, 4, 4, 4, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(1, 6, 6, 6, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 4, 2, start=31))


layer = tf.keras.layers.Cropping3D(1)
x = generic(1, 4, 4, 4, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(1, 2, 2, 2, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 4, 2, start=31))


layer = tf.keras.layers.ConvLSTM2D(2, 2)
x = generic(1, 4, 4, 4, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(1, 3, 3, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(1, 4, 4, 4, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 2, 2, 8, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 2, 2, 8, start=31))


layer = tf.keras.layers.Dense(2)
x = generic(3, 4)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(3, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(4, 2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))


layer = tf.keras.layers.Dense(2, activation='gelu', use_bias=False)
x = generic(3, 4)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(3, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(4, 2, start=31))


layer = tf.keras.layers.Dense(3, activation='softmax')
x = generic(3, 4)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(4, 3, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(3, start=31))


layer = tf.keras.layers.Dense(3, tf.nn.swish)
x = generic(3, 4)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(4, 3, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(3, start=31))


layer = tf.keras.layers.Dense(2, kernel_regularizer='l2', bias_constraint='non_neg', kernel_initializer='he_normal')
x = generic(3, 4)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(3, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(4, 2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))
