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


# tf.keras.layers.maximum([x, -x])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.keras.layers.maximum([x, -x])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.keras.layers.minimum([x, -x])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.keras.layers.minimum([x, -x])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.keras.layers.subtract([x, x * x])
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.keras.layers.subtract([x, x * x])
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


# tf.keras.layers.dot([x, x], axes=1)
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.keras.layers.dot([x, x], axes=1)
            z = tf.reduce_sum(y * generic(3, 1))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


layer = tf.keras.layers.Dot(axes=(2, 2))
x = generic(2, 3, 4)
layer([x, tf.sin(x)])
fill(layer.weights)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = layer([x, tf.sin(x)])
            z = tf.reduce_sum(y * generic(2, 3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(2, 3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(2, 3, 4, start=31))


layer = tf.keras.layers.Dot(axes=(1, 1), normalize=True)
x = generic(2, 3, 4)
layer([x, x])
fill(layer.weights)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = layer([x, x])
            z = tf.reduce_sum(y * generic(2, 4, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(2, 3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(2, 3, 4, start=31))


layer = tf.keras.layers.Softmax(axis=[1, 2])
x = generic(2, 3, 4)
layer(x)
fill(layer.weights)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = layer(x)
            z = tf.reduce_sum(y * generic(2, 3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(2, 3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(2, 3, 4, start=31))


layer = tf.keras.layers.PReLU(shared_axes=[1])
x = generic(2, 3, 4)
layer(x)
fill(layer.weights)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * generic(2, 3, 4))
    g = t1.gradient(z, [x] + layer.trainable_variables)
h0 = t2.gradient(g[0], [x] + layer.trainable_variables, output_gradients=generic(2, 3, 4, start=31))
h1 = t2.gradient(g[1], [x] + layer.trainable_variables, output_gradients=generic(1, 4, start=31))
