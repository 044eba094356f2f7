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


layer = tf.keras.layers.GRU(3)
x = generic(2, 6, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 3))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 9, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(3, 9, start=31))


layer = tf.keras.layers.GRU(2, return_sequences=True)
x = generic(2, 6, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 6, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 6, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 6, start=31))


layer = tf.keras.layers.GRU(2, reset_after=False)
x = generic(2, 6, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 6, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 6, start=31))


layer = tf.keras.layers.GRU(2, activation='relu', return_state=True)
x = generic(2, 6, 2)
layer(x)[1]
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)[1]
        z = tf.reduce_sum(y * generic(2, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 6, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 6, start=31))


layer = tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(2))
x = generic(2, 6, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 4))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 8, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 8, start=31))


layer = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(2, return_sequences=True), merge_mode='sum')
x = generic(2, 6, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 6, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 6, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 6, start=31))


layer = tf.keras.layers.Bidirectional(tf.keras.layers.SimpleRNN(2), merge_mode='ave')
x = generic(2, 6, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 2, start=31))


layer = tf.keras.layers.RNN(tf.keras.layers.LSTMCell(2))
x = generic(2, 6, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 8, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 8, start=31))
