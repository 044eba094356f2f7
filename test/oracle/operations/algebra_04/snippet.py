# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.linalg.matvec(a, b)
a = generic(2, 3, 4)
b = generic(2, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.matvec(a, b)
        z = tf.reduce_sum(y * generic(2, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(2, 3, 4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(2, 4, start=31))


# tf.einsum('i,i->', x, x)
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.einsum('i,i->', x, x)
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.einsum('i,j->ij', x, x)
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.einsum('i,j->ij', x, x)
            z = tf.reduce_sum(y * generic(3, 3))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))


# tf.linalg.diag(x)
x = generic(3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.diag(x)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, start=31))


# tf.linalg.diag(x, k=1)
x = generic(3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.diag(x, k=1)
        z = tf.reduce_sum(y * generic(4, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, start=31))


# tf.linalg.diag(x, k=-1, num_rows=4, num_cols=5)
x = generic(3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.diag(x, k=-1, num_rows=4, num_cols=5)
        z = tf.reduce_sum(y * generic(4, 5))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, start=31))


# tf.linalg.tensor_diag(x)
x = generic(3)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.linalg.tensor_diag(x)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, start=31))


# tf.linalg.norm(x)
x = generic(3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.norm(x)
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, start=31))
