# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.atrous_conv2d(x, f, 2, 'SAME')
x = generic(2, 5, 5, 2)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.atrous_conv2d(x, f, 2, 'SAME')
        z = tf.reduce_sum(y * generic(2, 5, 5, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))


# tf.nn.relu(tf.nn.conv2d(x, f, 1, 'SAME'))
x = generic(2, 5, 5, 2)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.relu(tf.nn.conv2d(x, f, 1, 'SAME'))
        z = tf.reduce_sum(y * generic(2, 5, 5, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))


# tf.tanh(tf.nn.conv2d(x, f, 2, 'SAME'))
x = generic(2, 5, 5, 2)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.tanh(tf.nn.conv2d(x, f, 2, 'SAME'))
        z = tf.reduce_sum(y * generic(2, 3, 3, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))


# tf.square(tf.nn.conv2d(x, f, 1, 'VALID'))
x = generic(2, 5, 5, 2)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.square(tf.nn.conv2d(x, f, 1, 'VALID'))
        z = tf.reduce_sum(y * generic(2, 3, 3, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 5, 5, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))


# tf.nn.conv2d_transpose(x, f, [2, 5, 5, 2], 1, 'VALID')
x = generic(2, 3, 3, 3)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv2d_transpose(x, f, [2, 5, 5, 2], 1, 'VALID')
        z = tf.reduce_sum(y * generic(2, 5, 5, 2))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 3, 3, 3, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))


# tf.nn.conv2d_transpose(x, f, [2, 6, 6, 2], 2, 'SAME')
x = generic(2, 3, 3, 3)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv2d_transpose(x, f, [2, 6, 6, 2], 2, 'SAME')
        z = tf.reduce_sum(y * generic(2, 6, 6, 2))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 3, 3, 3, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))


# tf.nn.conv_transpose(x, f, [2, 6, 6, 2], 2)
x = generic(2, 3, 3, 3)
f = generic(3, 3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv_transpose(x, f, [2, 6, 6, 2], 2)
        z = tf.reduce_sum(y * generic(2, 6, 6, 2))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 3, 3, 3, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 3, 2, 3, start=31))


# tf.nn.conv1d(x, f, 1, 'SAME')
x = generic(2, 6, 2)
f = generic(3, 2, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, f])
    with tf.GradientTape() as t1:
        t1.watch([x, f])
        y = tf.nn.conv1d(x, f, 1, 'SAME')
        z = tf.reduce_sum(y * generic(2, 6, 3))
    g = t1.gradient(z, [x, f])
h0 = t2.gradient(g[0], [x, f], output_gradients=generic(2, 6, 2, start=31))
h1 = t2.gradient(g[1], [x, f], output_gradients=generic(3, 2, 3, start=31))
