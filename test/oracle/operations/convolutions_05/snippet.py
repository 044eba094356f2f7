# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], 'SAME')
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], 'SAME')
            z = tf.reduce_sum(y * generic(1, 3, 3, 2))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 5, 5, 2, start=31))


# tf.square(tf.nn.max_pool2d(x, 2, 2, 'SAME'))
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.square(tf.nn.max_pool2d(x, 2, 2, 'SAME'))
            z = tf.reduce_sum(y * generic(1, 3, 3, 2))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 5, 5, 2, start=31))


# tf.nn.avg_pool2d(x, 2, 2, 'VALID')
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.avg_pool2d(x, 2, 2, 'VALID')
        z = tf.reduce_sum(y * generic(1, 2, 2, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))


# tf.nn.avg_pool2d(x, 3, 2, 'SAME')
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.avg_pool2d(x, 3, 2, 'SAME')
        z = tf.reduce_sum(y * generic(1, 3, 3, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))


# tf.nn.avg_pool(x, [2, 3], [1, 2], 'SAME')
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.avg_pool(x, [2, 3], [1, 2], 'SAME')
        z = tf.reduce_sum(y * generic(1, 5, 3, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))


# tf.exp(tf.nn.avg_pool2d(x, 2, 1, 'SAME'))
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.exp(tf.nn.avg_pool2d(x, 2, 1, 'SAME'))
            z = tf.reduce_sum(y * generic(1, 5, 5, 2))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 5, 5, 2, start=31))


# tf.nn.pool(x, [2, 2], 'MAX', padding='SAME')
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.pool(x, [2, 2], 'MAX', padding='SAME')
            z = tf.reduce_sum(y * generic(1, 5, 5, 2))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))
k = t3.gradient(h, x, output_gradients=generic(1, 5, 5, 2, start=31))


# tf.nn.pool(x, [2, 2], 'AVG', strides=[2, 2])
x = generic(1, 5, 5, 2)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.pool(x, [2, 2], 'AVG', strides=[2, 2])
        z = tf.reduce_sum(y * generic(1, 2, 2, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 5, 5, 2, start=31))
