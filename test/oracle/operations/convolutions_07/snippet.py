# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.nn.avg_pool3d(x, [2, 2, 2], [1, 2, 1], 'SAME')
x = generic(1, 4, 4, 4, 1)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.nn.avg_pool3d(x, [2, 2, 2], [1, 2, 1], 'SAME')
        z = tf.reduce_sum(y * generic(1, 4, 2, 4, 1))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(1, 4, 4, 4, 1, start=31))


# tf.compat.v1.nn.fused_batch_norm(x, s, o)[0]
x = generic(2, 3, 3, 2)
s = generic(2, start=107)
o = generic(2, start=207)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, s, o])
    with tf.GradientTape() as t1:
        t1.watch([x, s, o])
        y = tf.compat.v1.nn.fused_batch_norm(x, s, o)[0]
        z = tf.reduce_sum(y * generic(2, 3, 3, 2))
    g = t1.gradient(z, [x, s, o])
h0 = t2.gradient(g[0], [x, s, o], output_gradients=generic(2, 3, 3, 2, start=31))
h1 = t2.gradient(g[1], [x, s, o], output_gradients=generic(2, start=31))
h2 = t2.gradient(g[2], [x, s, o], output_gradients=generic(2, start=31))


# tf.compat.v1.nn.fused_batch_norm(x, s, o)[1]
x = generic(2, 3, 3, 2)
s = generic(2, start=107)
o = generic(2, start=207)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, s, o])
    with tf.GradientTape() as t1:
        t1.watch([x, s, o])
        y = tf.compat.v1.nn.fused_batch_norm(x, s, o)[1]
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, [x, s, o])
h0 = t2.gradient(g[0], [x, s, o], output_gradients=generic(2, 3, 3, 2, start=31))
h1 = t2.gradient(g[1], [x, s, o], output_gradients=generic(2, start=31))
h2 = t2.gradient(g[2], [x, s, o], output_gradients=generic(2, start=31))


# tf.compat.v1.nn.fused_batch_norm(x, s, o)[2]
x = generic(2, 3, 3, 2)
s = generic(2, start=107)
o = generic(2, start=207)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, s, o])
    with tf.GradientTape() as t1:
        t1.watch([x, s, o])
        y = tf.compat.v1.nn.fused_batch_norm(x, s, o)[2]
        z = tf.reduce_sum(y * generic(2))
    g = t1.gradient(z, [x, s, o])
h0 = t2.gradient(g[0], [x, s, o], output_gradients=generic(2, 3, 3, 2, start=31))
h1 = t2.gradient(g[1], [x, s, o], output_gradients=generic(2, start=31))
h2 = t2.gradient(g[2], [x, s, o], output_gradients=generic(2, start=31))


# tf.compat.v1.nn.fused_batch_norm(x, s, o, mean=tf.constant([0.1, 0.2]), variance=tf.constant([0.5, 0.7]), is_training=False)[0]
x = generic(2, 3, 3, 2)
s = generic(2, start=107)
o = generic(2, start=207)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, s, o])
    with tf.GradientTape() as t1:
        t1.watch([x, s, o])
        y = tf.compat.v1.nn.fused_batch_norm(x, s, o, mean=tf.constant([0.1, 0.2]), variance=tf.constant([0.5, 0.7]), is_training=False)[0]
        z = tf.reduce_sum(y * generic(2, 3, 3, 2))
    g = t1.gradient(z, [x, s, o])
h0 = t2.gradient(g[0], [x, s, o], output_gradients=generic(2, 3, 3, 2, start=31))
h1 = t2.gradient(g[1], [x, s, o], output_gradients=generic(2, start=31))
h2 = t2.gradient(g[2], [x, s, o], output_gradients=generic(2, start=31))


# tf.tanh(tf.compat.v1.nn.fused_batch_norm(x, s, o)[0])
x = generic(2, 3, 3, 2)
s = generic(2, start=107)
o = generic(2, start=207)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, s, o])
    with tf.GradientTape() as t1:
        t1.watch([x, s, o])
        y = tf.tanh(tf.compat.v1.nn.fused_batch_norm(x, s, o)[0])
        z = tf.reduce_sum(y * generic(2, 3, 3, 2))
    g = t1.gradient(z, [x, s, o])
h0 = t2.gradient(g[0], [x, s, o], output_gradients=generic(2, 3, 3, 2, start=31))
h1 = t2.gradient(g[1], [x, s, o], output_gradients=generic(2, start=31))
h2 = t2.gradient(g[2], [x, s, o], output_gradients=generic(2, start=31))


# tf.nn.batch_normalization(x, m, v, o, s, 0.01)
x = generic(4, 2)
m = generic(2, start=107)
v = generic(2, start=207) * 0.4 + 0.6
o = generic(2, start=307)
s = generic(2, start=407)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, m, v, o, s])
    with tf.GradientTape() as t1:
        t1.watch([x, m, v, o, s])
        y = tf.nn.batch_normalization(x, m, v, o, s, 0.01)
        z = tf.reduce_sum(y * generic(4, 2))
    g = t1.gradient(z, [x, m, v, o, s])
h0 = t2.gradient(g[0], [x, m, v, o, s], output_gradients=generic(4, 2, start=31))
h1 = t2.gradient(g[1], [x, m, v, o, s], output_gradients=generic(2, start=31))
h2 = t2.gradient(g[2], [x, m, v, o, s], output_gradients=generic(2, start=31))
h3 = t2.gradient(g[3], [x, m, v, o, s], output_gradients=generic(2, start=31))
h4 = t2.gradient(g[4], [x, m, v, o, s], output_gradients=generic(2, start=31))


# tf.nn.batch_normalization(x, m, v, None, None, 0.01)
x = generic(4, 2)
m = generic(2, start=107)
v = generic(2, start=207) * 0.4 + 0.6
o = generic(2, start=307)
s = generic(2, start=407)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, m, v, o, s])
    with tf.GradientTape() as t1:
        t1.watch([x, m, v, o, s])
        y = tf.nn.batch_normalization(x, m, v, None, None, 0.01)
        z = tf.reduce_sum(y * generic(4, 2))
    g = t1.gradient(z, [x, m, v, o, s])
h0 = t2.gradient(g[0], [x, m, v, o, s], output_gradients=generic(4, 2, start=31))
h1 = t2.gradient(g[1], [x, m, v, o, s], output_gradients=generic(2, start=31))
h2 = t2.gradient(g[2], [x, m, v, o, s], output_gradients=generic(2, start=31))
