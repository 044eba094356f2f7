# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.quantization.fake_quant_with_min_max_args(x, 0.0, 1.0)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.quantization.fake_quant_with_min_max_args(x, 0.0, 1.0)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
except Exception:
    h = None


# tf.quantization.fake_quant_with_min_max_vars(x, 0.0, 1.0)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.quantization.fake_quant_with_min_max_vars(x, 0.0, 1.0)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
except Exception:
    h = None


# tf.quantization.quantize_and_dequantize_v2(x, 0.0, 1.0)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.quantization.quantize_and_dequantize_v2(x, 0.0, 1.0)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
try:
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
except Exception:
    h = None


# tf.quantization.quantize_and_dequantize(x, 0.0, 1.0, range_given=True)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.quantization.quantize_and_dequantize(x, 0.0, 1.0, range_given=True)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.xlogy(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.xlogy(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.xlog1py(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.xlog1py(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.xdivy(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.xdivy(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))


# tf.math.multiply_no_nan(a, b)
a = generic(4) * 0.4 + 0.6
b = generic(4, start=107) * 0.4 + 0.6
with tf.GradientTape(persistent=True) as t2:
    t2.watch([a, b])
    with tf.GradientTape() as t1:
        t1.watch([a, b])
        y = tf.math.multiply_no_nan(a, b)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, [a, b])
h0 = t2.gradient(g[0], [a, b], output_gradients=generic(4, start=31))
h1 = t2.gradient(g[1], [a, b], output_gradients=generic(4, start=31))
