# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.einsum('ij,jk->ik', a, b)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.einsum('ij,jk->ik', a, b)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.einsum('ij,ij->i', a, b)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.einsum('ij,ij->i', a, b)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.einsum('ij,kj->ik', a, b)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.einsum('ij,kj->ik', a, b)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.einsum('ij,kl->ijkl', a, b)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.einsum('ij,kl->ijkl', a, b)
        z = tf.reduce_sum(y * generic(3, 3, 3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.linalg.einsum('ij,ji->', a, b)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.einsum('ij,ji->', a, b)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.linalg.matmul(a, b, adjoint_b=True)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.linalg.matmul(a, b, adjoint_b=True)
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.tensordot(a, b, [[0], [1]])
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.tensordot(a, b, [[0], [1]])
        z = tf.reduce_sum(y * generic(3, 3))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))


# tf.tensordot(a, b, 2)
a = generic(3, 3)
b = generic(3, 3, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.tensordot(a, b, 2)
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(3, 3, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(3, 3, start=31))
