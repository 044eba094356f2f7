# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.conv1d(x, f, 2, 'VALID')
x = generic(2, 6, 2)
f = generic(3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv1d(x, f, 2, 'VALID')
        z = tf.reduce_sum(y * generic(2, 2, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 2, 3, start=31))


# tf.nn.conv1d(x, f, 1, 'VALID', dilations=2)
x = generic(2, 6, 2)
f = generic(3, 2, 3, start=107)
with tf.GradientTape() as t1:
    t1.watch([x, f])
    y = tf.nn.conv1d(x, f, 1, 'VALID', dilations=2)
    z = tf.reduce_sum(y * generic(2, 2, 3))
try:
    g = t1.gradient(z, [x, f])
except Exception:
    g = None


# tf.nn.convolution(x, f)
x = generic(2, 6, 2)
f = generic(3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.convolution(x, f)
        z = tf.reduce_sum(y * generic(2, 4, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 2, 3, start=31))


# tf.nn.conv1d_transpose(x, f, [2, 6, 2], 2)
x = generic(2, 3, 3)
f = generic(3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv1d_transpose(x, f, [2, 6, 2], 2)
        z = tf.reduce_sum(y * generic(2, 6, 2))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 3, 3, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 2, 3, start=31))


# tf.nn.conv3d(x, f, [1, 1, 1, 1, 1], 'SAME')
x = generic(1, 4, 3, 4, 2)
f = generic(2, 2, 2, 2, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv3d(x, f, [1, 1, 1, 1, 1], 'SAME')
        z = tf.reduce_sum(y * generic(1, 4, 3, 4, 2))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(1, 4, 3, 4, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(2, 2, 2, 2, 2, start=31))


# tf.nn.conv3d(x, f, [1, 2, 1, 2, 1], 'VALID')
x = generic(1, 4, 3, 4, 2)
f = generic(2, 2, 2, 2, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv3d(x, f, [1, 2, 1, 2, 1], 'VALID')
        z = tf.reduce_sum(y * generic(1, 2, 2, 2, 2))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(1, 4, 3, 4, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(2, 2, 2, 2, 2, start=31))


# tf.nn.conv3d_transpose(x, f, [1, 4, 4, 4, 1], 2)
x = generic(1, 2, 2, 2, 2)
f = generic(2, 2, 2, 1, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv3d_transpose(x, f, [1, 4, 4, 4, 1], 2)
        z = tf.reduce_sum(y * generic(1, 4, 4, 4, 1))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(1, 2, 2, 2, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(2, 2, 2, 1, 2, start=31))


# tf.nn.depthwise_conv2d(x, f, [1, 1, 1, 1], 'SAME')
x = generic(2, 5, 5, 2)
f = generic(2, 2, 2, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.depthwise_conv2d(x, f, [1, 1, 1, 1], 'SAME')
        z = tf.reduce_sum(y * generic(2, 5, 5, 4))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(2, 2, 2, 2, start=31))
