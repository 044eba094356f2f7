# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.debugging.check_numerics(x, 'x')
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.debugging.check_numerics(x, 'x')
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.squeeze(x[tf.newaxis])
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.squeeze(x[tf.newaxis])
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.reduce_max(x)
x = generic(4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.reduce_max(x)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.argmax(x)
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.math.argmax(x)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic())
g = t1.gradient(z, x)


# tf.bitcast(x, tf.int32)
x = generic(4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.bitcast(x, tf.int32)
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(4))
g = t1.gradient(z, x)


# tf.gather(x, [0, 2], axis=1)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.gather(x, [0, 2], axis=1)
        z = tf.reduce_sum(y * generic(3, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.gather(x, 1)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.gather(x, 1)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x)
except Exception:
    h = None


# tf.gather(x, [[0, 1], [1, 1], [3, 0]], axis=1, batch_dims=1)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.gather(x, [[0, 1], [1, 1], [3, 0]], axis=1, batch_dims=1)
        z = tf.reduce_sum(y * generic(3, 2))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
