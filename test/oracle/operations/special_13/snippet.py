# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.math.divide_no_nan(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.divide_no_nan(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.igamma(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.igamma(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
try:
    h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
except Exception:
    h0 = None
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.igammac(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.igammac(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
try:
    h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
except Exception:
    h0 = None
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.zeta(a + 1.5, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.zeta(a + 1.5, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.polygamma(2.0, b) * a
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.polygamma(2.0, b) * a
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.betainc(a, b, 0.4)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch([a, b])
    y = tf.math.betainc(a, b, 0.4)
    z = tf.reduce_sum(y * generic(4))
g = t1.gradient(z, [a, b])


# tf.math.lbeta(tf.stack([a, b], -1))
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.lbeta(tf.stack([a, b], -1))
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.nextafter(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.nextafter(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))
