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


layer = tf.keras.layers.SpectralNormalization(tf.keras.layers.Dense(2))
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


layer = tf.keras.layers.LSTMCell(2)
x = generic(3, 4)
layer(x, [tf.ones([3, 2]) * 0.1, tf.ones([3, 2]) * 0.2])[0]
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x, [tf.ones([3, 2]) * 0.1, tf.ones([3, 2]) * 0.2])[0]
        z = tf.reduce_sum(y * generic(3, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(4, 8, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 8, start=31))


layer = tf.keras.layers.GRUCell(2)
x = generic(3, 4)
layer(x, tf.ones([3, 2]) * 0.1)[0]
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x, tf.ones([3, 2]) * 0.1)[0]
        z = tf.reduce_sum(y * generic(3, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(4, 6, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 6, start=31))


layer = tf.keras.layers.SimpleRNNCell(2)
x = generic(3, 4)
layer(x, tf.ones([3, 2]) * 0.1)[0]
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x, tf.ones([3, 2]) * 0.1)[0]
        z = tf.reduce_sum(y * generic(3, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(4, 2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 2, start=31))


# tf.keras.layers.add([x, x])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.keras.layers.add([x, x])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.keras.layers.multiply([x, x])
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.keras.layers.multiply([x, x])
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


# tf.keras.layers.concatenate([x, x * x], axis=1)
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.keras.layers.concatenate([x, x * x], axis=1)
            z = tf.reduce_sum(y * generic(3, 8))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


# tf.keras.layers.average([x, x])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.keras.layers.average([x, x])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
