# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.math.segment_sum(x, [0, 0, 1])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.segment_sum(x, [0, 0, 1])
        z = tf.reduce_sum(y * generic(2, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.math.segment_mean(x, [0, 1, 1])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.segment_mean(x, [0, 1, 1])
        z = tf.reduce_sum(y * generic(2, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.math.unsorted_segment_max(x, [1, 0, 1], 2)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.unsorted_segment_max(x, [1, 0, 1], 2)
        z = tf.reduce_sum(y * generic(2, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.math.unsorted_segment_mean(x, [1, 0, 1], num_segments=3)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.unsorted_segment_mean(x, [1, 0, 1], num_segments=3)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.dynamic_partition(x, [0, 1, 0], 2)[1]
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.dynamic_partition(x, [0, 1, 0], 2)[1]
        z = tf.reduce_sum(y * generic(1, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.dynamic_stitch([[0, 2], [1]], [x[:2], x[2:]])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.dynamic_stitch([[0, 2], [1]], [x[:2], x[2:]])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.nn.embedding_lookup(x, [0, 2, 1])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.embedding_lookup(x, [0, 2, 1])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x)
except Exception:
    h = None


# tf.nn.embedding_lookup(x, [0, 2, 1], max_norm=0.5)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.embedding_lookup(x, [0, 2, 1], max_norm=0.5)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x)
except Exception:
    h = None
