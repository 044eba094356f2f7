# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.math.zero_fraction(x)
x = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.math.zero_fraction(x)
    z = tf.reduce_sum(y * generic())
g = t1.gradient(z, x)


# tf.math.count_nonzero(x, dtype=tf.float32)
x = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.math.count_nonzero(x, dtype=tf.float32)
    z = tf.reduce_sum(y * generic())
g = t1.gradient(z, x)


# tf.math.accumulate_n([x, x])
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.accumulate_n([x, x])
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.linalg.band_part(x, 0, 1)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.band_part(x, 0, 1)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.math.confusion_matrix([0, 1, 1], tf.argmax(x, 1))
x = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.math.confusion_matrix([0, 1, 1], tf.argmax(x, 1))
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(4, 4))
g = t1.gradient(z, x)


# tf.sparse.sparse_dense_matmul(tf.sparse.from_dense([[1.0, 0.0, 2.0]]), x)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.sparse.sparse_dense_matmul(tf.sparse.from_dense([[1.0, 0.0, 2.0]]), x)
        z = tf.reduce_sum(y * generic(1, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.sparse.to_dense(tf.sparse.from_dense(x))
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.sparse.to_dense(tf.sparse.from_dense(x))
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.RaggedTensor.from_row_lengths(tf.reshape(x, [-1]), [5, 7]).to_tensor()
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.RaggedTensor.from_row_lengths(tf.reshape(x, [-1]), [5, 7]).to_tensor()
        z = tf.reduce_sum(y * generic(2, 7))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
