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


layer = tf.keras.layers.Attention(use_scale=True, score_mode='dot')
x = generic(2, 6, 2)
layer([x, tf.tanh(x)])
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer([x, tf.tanh(x)])
        z = tf.reduce_sum(y * generic(2, 6, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(start=31))


layer = tf.keras.layers.Attention(score_mode='concat')
x = generic(2, 6, 2)
layer([x, x])
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer([x, x])
        z = tf.reduce_sum(y * generic(2, 6, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(start=31))


layer = tf.keras.layers.AdditiveAttention()
x = generic(2, 6, 2)
layer([x, x])
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer([x, x])
        z = tf.reduce_sum(y * generic(2, 6, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))


layer = tf.keras.layers.MultiHeadAttention(num_heads=2, key_dim=3)
x = generic(2, 6, 2)
layer(x, x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x, x)
        z = tf.reduce_sum(y * generic(2, 6, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 2, 3, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 3, start=31))


layer = tf.keras.layers.MultiHeadAttention(2, 2, value_dim=3, use_bias=False)
x = generic(2, 6, 2)
layer(x, tf.sin(x), tf.cos(x))
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x, tf.sin(x), tf.cos(x))
        z = tf.reduce_sum(y * generic(2, 6, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 2, 2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, 2, 2, start=31))


layer = tf.keras.layers.MultiHeadAttention(1, 2)
x = generic(2, 6, 2)
layer(x, x, use_causal_mask=True)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x, x, use_causal_mask=True)
        z = tf.reduce_sum(y * generic(2, 6, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 1, 2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(1, 2, start=31))


layer = tf.keras.layers.MultiHeadAttention(1, 2)
x = generic(2, 6, 2)
layer(x, x, return_attention_scores=True)[1]
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x, x, return_attention_scores=True)[1]
        z = tf.reduce_sum(y * generic(2, 1, 6, 6))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 1, 2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(1, 2, start=31))


layer = tf.keras.layers.Conv3D(2, 2)
x = generic(1, 4, 4, 4, 2)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(1, 3, 3, 3, 2))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(1, 4, 4, 4, 2, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(2, 2, 2, 2, 2, start=31))
h2 = t2.gradient(g[2], [x] + layer.trainable_variables, output_gradients=generic(2, start=31))
