# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.depthwise_conv2d(x, f, [1, 2, 2, 1], 'VALID')
x = generic(2, 5, 5, 2)
f = generic(2, 2, 2, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.depthwise_conv2d(x, f, [1, 2, 2, 1], 'VALID')
        z = tf.reduce_sum(y * generic(2, 2, 2, 4))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(2, 2, 2, 2, start=31))


# tf.nn.depthwise_conv2d(x, f, [1, 1, 1, 1], 'VALID', dilations=[2, 2])
x = generic(2, 5, 5, 2)
f = generic(2, 2, 2, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.depthwise_conv2d(x, f, [1, 1, 1, 1], 'VALID', dilations=[2, 2])
        z = tf.reduce_sum(y * generic(2, 3, 3, 4))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(2, 2, 2, 2, start=31))


# tf.nn.separable_conv2d(x, f, p, [1, 1, 1, 1], 'SAME')
x = generic(2, 4, 4, 2)
f = generic(2, 2, 2, 1, start=107)
p = generic(1, 1, 2, 3, start=207)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f, p])
    with tf.GradientTape() as t1:
        t1.watch([x, f, p])
        y = tf.nn.separable_conv2d(x, f, p, [1, 1, 1, 1], 'SAME')
        z = tf.reduce_sum(y * generic(2, 4, 4, 3))
    g = t1.gradient(z, [x, f, p])
h0 = t2.gradient(g[0], [x, f, p], output_gradients=generic(2, 4, 4, 2, start=31))
h1 = t2.gradient(g[1], [x, f, p], output_gradients=generic(2, 2, 2, 1, start=31))
h2 = t2.gradient(g[2], [x, f, p], output_gradients=generic(1, 1, 2, 3, start=31))


# tf.nn.dilation2d(x, f, [1, 1, 1, 1], 'SAME', 'NHWC', [1, 1, 1, 1])
x = generic(1, 4, 4, 2)
f = generic(2, 2, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.dilation2d(x, f, [1, 1, 1, 1], 'SAME', 'NHWC', [1, 1, 1, 1])
        z = tf.reduce_sum(y * generic(1, 4, 4, 2))
    g = t1.gradient(z, [x, f])
try:
    h0 = t2.gradient(g[0], [x, f], output_gradients=generic(1, 4, 4, 2, start=31))
except Exception:
    h0 = None
try:
    h1 = t2.gradient(g[1], [x, f], output_gradients=generic(2, 2, 2, start=31))
except Exception:
    h1 = None


# tf.nn.erosion2d(x, f, [1, 1, 1, 1], 'SAME', 'NHWC', [1, 1, 1, 1])
x = generic(1, 4, 4, 2)
f = generic(2, 2, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.erosion2d(x, f, [1, 1, 1, 1], 'SAME', 'NHWC', [1, 1, 1, 1])
        z = tf.reduce_sum(y * generic(1, 4, 4, 2))
    g = t1.gradient(z, [x, f])
try:
    h0 = t2.gradient(g[0], [x, f], output_gradients=generic(1, 4, 4, 2, start=31))
except Exception:
    h0 = None
try:
    h1 = t2.gradient(g[1], [x, f], output_gradients=generic(2, 2, 2, start=31))
except Exception:
    h1 = None


# tf.nn.dilation2d(x, f, [1, 2, 2, 1], 'VALID', 'NHWC', [1, 1, 1, 1])
x = generic(1, 4, 4, 2)
f = generic(2, 2, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.dilation2d(x, f, [1, 2, 2, 1], 'VALID', 'NHWC', [1, 1, 1, 1])
        z = tf.reduce_sum(y * generic(1, 2, 2, 2))
    g = t1.gradient(z, [x, f])
try:
    h0 = t2.gradient(g[0], [x, f], output_gradients=generic(1, 4, 4, 2, start=31))
except Exception:
    h0 = None
try:
    h1 = t2.gradient(g[1], [x, f], output_gradients=generic(2, 2, 2, start=31))
except Exception:
    h1 = None


# tf.nn.max_pool2d(x, 2, 2, 'VALID')
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.max_pool2d(x, 2, 2, 'VALID')
            z = tf.reduce_sum(y * generic(1, 2, 2, 2))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 5, 5, 2, start=31))


# tf.nn.max_pool2d(x, 3, 1, 'SAME')
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.max_pool2d(x, 3, 1, 'SAME')
            z = tf.reduce_sum(y * generic(1, 5, 5, 2))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 5, 5, 2, start=31))
