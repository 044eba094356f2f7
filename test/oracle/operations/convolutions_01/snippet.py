# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.conv2d(x, f, 1, 'SAME')
x = generic(2, 5, 5, 2)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv2d(x, f, 1, 'SAME')
        z = tf.reduce_sum(y * generic(2, 5, 5, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))


# tf.nn.conv2d(x, f, 2, 'VALID')
x = generic(2, 5, 5, 2)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv2d(x, f, 2, 'VALID')
        z = tf.reduce_sum(y * generic(2, 2, 2, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))


# tf.nn.conv2d(x, f, [1, 2, 1, 1], 'SAME')
x = generic(2, 5, 5, 2)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv2d(x, f, [1, 2, 1, 1], 'SAME')
        z = tf.reduce_sum(y * generic(2, 3, 5, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))


# tf.nn.conv2d(x, f, strides=[2, 1], padding='SAME')
x = generic(2, 5, 5, 2)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv2d(x, f, strides=[2, 1], padding='SAME')
        z = tf.reduce_sum(y * generic(2, 3, 5, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))


# tf.nn.conv2d(x, f, 1, 'VALID', dilations=2)
x = generic(2, 5, 5, 2)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape() as t1:
    t1.watch([x, f])
    y = tf.nn.conv2d(x, f, 1, 'VALID', dilations=2)
    z = tf.reduce_sum(y * generic(2, 1, 1, 3))
try:
    g = t1.gradient(z, [x, f])
except Exception:
    g = None


# tf.nn.conv2d(x, f, 1, [[0, 0], [1, 2], [2, 0], [0, 0]])
x = generic(2, 5, 5, 2)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv2d(x, f, 1, [[0, 0], [1, 2], [2, 0], [0, 0]])
        z = tf.reduce_sum(y * generic(2, 6, 5, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))


# tf.nn.convolution(x, f, padding='SAME')
x = generic(2, 5, 5, 2)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.convolution(x, f, padding='SAME')
        z = tf.reduce_sum(y * generic(2, 5, 5, 3))
    g = t1.gradient(z, [x, f])
try:
    h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
except Exception:
    h0 = None
try:
    h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))
except Exception:
    h1 = None


# tf.nn.convolution(x, f, dilations=[2, 1])
x = generic(2, 5, 5, 2)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.convolution(x, f, dilations=[2, 1])
        z = tf.reduce_sum(y * generic(2, 1, 3, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))
