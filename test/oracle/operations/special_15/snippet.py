# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.realdiv(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.realdiv(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.subtract(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.subtract(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.abs(tf.complex(a, b))
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.abs(tf.complex(a, b))
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.angle(tf.complex(a, b))
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.angle(tf.complex(a, b))
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.real(tf.complex(a, b) * tf.complex(b, a))
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.real(tf.complex(a, b) * tf.complex(b, a))
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.real(tf.complex(a, b) ** 2)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.real(tf.complex(a, b) ** 2)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.quantization.fake_quant_with_min_max_vars(a, -tf.reduce_max(b), tf.reduce_max(b))
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.quantization.fake_quant_with_min_max_vars(a, -tf.reduce_max(b), tf.reduce_max(b))
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
try:
    h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
except Exception:
    h0 = None
try:
    h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))
except Exception:
    h1 = None


# tf.raw_ops.NextAfter(x1=a, x2=b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.raw_ops.NextAfter(x1=a, x2=b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))
