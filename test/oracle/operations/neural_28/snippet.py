import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.dropout(x, 0.0)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.dropout(x, 0.0)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.nn.dropout(x, 0.5)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.dropout(x, 0.5)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.nn.experimental.stateless_dropout(x, 0.5, [1, 2])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.experimental.stateless_dropout(x, 0.5, [1, 2])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.nn.nce_loss(tf.ones([5, 4]), tf.zeros([5]), tf.constant([[1], [2], [3]], tf.int64), x, 2, 5)
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.nce_loss(tf.ones([5, 4]), tf.zeros([5]), tf.constant([[1], [2], [3]], tf.int64), x, 2, 5)
            z = tf.reduce_sum(y * generic(3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


# tf.nn.isotonic_regression(x)[0]
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.isotonic_regression(x)[0]
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.random.normal([3, 4], mean=s)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.random.normal([3, 4], mean=s)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))


# tf.random.normal([3, 4], stddev=tf.abs(s))
s = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(s)
    with tf.GradientTape() as t2:
        t2.watch(s)
        with tf.GradientTape() as t1:
            t1.watch(s)
            y = tf.random.normal([3, 4], stddev=tf.abs(s))
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, s)
    h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, s, output_gradients=generic(3, 4, start=31))


# tf.random.truncated_normal([3, 4], s, 1.0)
s = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(s)
    with tf.GradientTape() as t1:
        t1.watch(s)
        y = tf.random.truncated_normal([3, 4], s, 1.0)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, s)
h = t2.gradient(g, s, output_gradients=generic(3, 4, start=31))
