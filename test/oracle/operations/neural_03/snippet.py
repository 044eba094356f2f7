# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.softmax(x, axis=0)
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.softmax(x, axis=0)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


# tf.nn.log_softmax(x)
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.log_softmax(x)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


# tf.nn.log_softmax(x, axis=0)
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.log_softmax(x, axis=0)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


# tf.nn.l2_loss(x)
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.l2_loss(x)
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


# tf.nn.l2_normalize(x, axis=1)
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.l2_normalize(x, axis=1)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


# tf.nn.l2_normalize(x)
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.nn.l2_normalize(x)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


# tf.nn.bias_add(x, tf.constant([1.0, 2.0, 3.0, 4.0]))
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.bias_add(x, tf.constant([1.0, 2.0, 3.0, 4.0]))
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.nn.zero_fraction(x)
x = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.nn.zero_fraction(x)
    z = tf.reduce_sum(y * generic())
g = t1.gradient(z, x)
