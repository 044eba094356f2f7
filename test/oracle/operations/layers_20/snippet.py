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


layer = tf.keras.layers.Add()
x = generic(3, 4)
layer([x, x])
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer([x, x])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


layer = tf.keras.layers.Subtract()
x = generic(3, 4)
layer([x, tf.exp(x)])
fill(layer.weights)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = layer([x, tf.exp(x)])
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


layer = tf.keras.layers.Multiply()
x = generic(3, 4)
layer([x, x])
fill(layer.weights)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = layer([x, x])
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


layer = tf.keras.layers.Average()
x = generic(3, 4)
layer([x, tf.tanh(x)])
fill(layer.weights)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = layer([x, tf.tanh(x)])
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


layer = tf.keras.layers.Maximum()
x = generic(3, 4)
layer([x, -x])
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer([x, -x])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


layer = tf.keras.layers.Minimum()
x = generic(3, 4)
layer([x, x * 0.5])
fill(layer.weights)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer([x, x * 0.5])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


layer = tf.keras.layers.Dot(axes=1)
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
            z = tf.reduce_sum(y * generic(3, 1))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


layer = tf.keras.layers.Dot(axes=-1, normalize=True)
x = generic(3, 4)
layer([x, tf.cos(x)])
fill(layer.weights)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = layer([x, tf.cos(x)])
            z = tf.reduce_sum(y * generic(3, 1))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))
