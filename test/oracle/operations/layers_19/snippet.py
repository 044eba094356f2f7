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


layer = tf.keras.layers.Normalization(mean=[0.1, 0.2, 0.3, 0.4], variance=[1.0, 2.0, 3.0, 4.0])
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


layer = tf.keras.layers.Discretization(bin_boundaries=[0.0, 0.5])
x = generic(3, 4)
tf.cast(layer(x), tf.float32)
fill(layer.weights)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.cast(layer(x), tf.float32)
    z = tf.reduce_sum(y * generic(3, 4))
g = t1.gradient(z, x)


layer = tf.keras.layers.CategoryEncoding(num_tokens=3, output_mode='one_hot')
x = generic(3, 4)
layer(tf.cast(x[:, :1] > 0.0, tf.int32))
fill(layer.weights)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = layer(tf.cast(x[:, :1] > 0.0, tf.int32))
    z = tf.reduce_sum(y * generic(3, 3))
g = t1.gradient(z, x)


layer = tf.keras.layers.Embedding(5, 2)
x = generic(3, 4)
layer(tf.constant([[1, 3], [0, 1]]))
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(tf.constant([[1, 3], [0, 1]]))
        z = tf.reduce_sum(y * generic(2, 2, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
try:
    h1 = t2.gradient(g[1], [x] + layer.trainable_variables)
except Exception:
    h1 = None


layer = tf.keras.layers.Embedding(5, 2, mask_zero=True)
x = generic(3, 4)
tf.tanh(layer(tf.constant([1, 3, 0])))
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.tanh(layer(tf.constant([1, 3, 0])))
        z = tf.reduce_sum(y * generic(3, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
try:
    h1 = t2.gradient(g[1], [x] + layer.trainable_variables)
except Exception:
    h1 = None


layer = tf.keras.layers.Concatenate()
x = generic(3, 4)
layer([x, tf.sin(x)])
fill(layer.weights)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = layer([x, tf.sin(x)])
            z = tf.reduce_sum(y * generic(3, 8))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


layer = tf.keras.layers.Concatenate(axis=0)
x = generic(3, 4)
layer([x, x])
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer([x, x])
        z = tf.reduce_sum(y * generic(6, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
