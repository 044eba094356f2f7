# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.normalize_moments(4.0, tf.reduce_sum(x, 0), tf.reduce_sum(x * x, 0), None)[1]
x = generic(4, 3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.normalize_moments(4.0, tf.reduce_sum(x, 0), tf.reduce_sum(x * x, 0), None)[1]
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, 3, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, 3, start=31))


# tf.nn.convolution(x, f)
x = generic(1, 4, 3, 4, 2)
f = generic(2, 2, 2, 2, 2, start=107)
with tf.GradientTape() as t1:
    t1.watch([x, f])
    y = tf.nn.convolution(x, f)
    z = tf.reduce_sum(y * generic(1, 3, 2, 3, 2))
try:
    g = t1.gradient(z, [x, f])
except Exception:
    g = None


# tf.nn.convolution(x, f, padding='SAME', data_format='NDHWC')
x = generic(1, 4, 3, 4, 2)
f = generic(2, 2, 2, 2, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.convolution(x, f, padding='SAME', data_format='NDHWC')
        z = tf.reduce_sum(y * generic(1, 4, 3, 4, 2))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(1, 4, 3, 4, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(2, 2, 2, 2, 2, start=31))


# tf.nn.conv2d(x, f, 1, 'SAME')
x = generic(2, 2, 5, 5, 2)
f = generic(3, 3, 2, 2, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv2d(x, f, 1, 'SAME')
        z = tf.reduce_sum(y * generic(2, 2, 5, 5, 2))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 2, start=31))
