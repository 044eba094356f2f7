# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.where(x > 0.0, x, 0.1)
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.where(x > 0.0, x, 0.1)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.where([True, False, True, False], x, x * x)
x = generic(4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.where([True, False, True, False], x, x * x)
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.split(x, 2)[1]
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.split(x, 2)[1]
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.split(x, [1, 3])[1]
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.split(x, [1, 3])[1]
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.unstack(x)[2]
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.unstack(x)[2]
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.reshape(x, [2, -1])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.reshape(x, [2, -1])
        z = tf.reduce_sum(y * generic(2, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.expand_dims(x, -1)
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.expand_dims(x, -1)
        z = tf.reduce_sum(y * generic(4, 1))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.broadcast_to(x, [2, 4])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.broadcast_to(x, [2, 4])
        z = tf.reduce_sum(y * generic(2, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))
