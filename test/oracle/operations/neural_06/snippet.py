# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.linalg.global_norm([x, x])
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.linalg.global_norm([x, x])
            z = tf.reduce_sum(y * generic())
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


# tf.grad_pass_through(tf.round)(x)
x = generic(3, 4)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.grad_pass_through(tf.round)(x)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))


# tf.recompute_grad(tf.square)(x)
x = generic(3, 4)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.recompute_grad(tf.square)(x)
            z = tf.reduce_sum(y * generic(3, 4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(3, 4, start=31))
k = t3.gradient(h, x, output_gradients=generic(3, 4, start=31))


# tf.nn.collapse_repeated([[1, 1, 2]], [3])[0]
x = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.nn.collapse_repeated([[1, 1, 2]], [3])[0]
    z = tf.reduce_sum(tf.cast(y, tf.float32) * generic(1, 2))
g = t1.gradient(z, x)


# tf.cast(tf.math.in_top_k([1, 2, 3], x, 2), tf.float32)
x = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.cast(tf.math.in_top_k([1, 2, 3], x, 2), tf.float32)
    z = tf.reduce_sum(y * generic(3))
g = t1.gradient(z, x)


# tf.cast(tf.nn.in_top_k([1, 2, 3], x, 2), tf.float32)
x = generic(3, 4)
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.cast(tf.nn.in_top_k([1, 2, 3], x, 2), tf.float32)
    z = tf.reduce_sum(y * generic(3))
g = t1.gradient(z, x)


# tf.nn.softmax_cross_entropy_with_logits(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.nn.softmax_cross_entropy_with_logits(l, s)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.nn.sigmoid_cross_entropy_with_logits(l, s)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.nn.sigmoid_cross_entropy_with_logits(l, s)
        z = tf.reduce_sum(y * generic(3, 4))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))
