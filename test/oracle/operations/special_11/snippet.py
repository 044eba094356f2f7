# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.math.imag(tf.math.log(tf.complex(x, x)))
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.imag(tf.math.log(tf.complex(x, x)))
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.real(tf.complex(x, x) / tf.complex(x + 1.0, x))
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.real(tf.complex(x, x) / tf.complex(x + 1.0, x))
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.real(tf.sqrt(tf.complex(x, x)))
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.real(tf.sqrt(tf.complex(x, x)))
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.real(tf.sin(tf.complex(x, x)))
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.math.real(tf.sin(tf.complex(x, x)))
            z = tf.reduce_sum(y * generic(4))
        g = t1.gradient(z, x)
    h = t2.gradient(g, x, output_gradients=generic(4, start=31))
k = t3.gradient(h, x, output_gradients=generic(4, start=31))


# tf.math.real(tf.reduce_sum(tf.complex(x, x)))
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.real(tf.reduce_sum(tf.complex(x, x)))
        z = tf.reduce_sum(y * generic())
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.real(x)
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.real(x)
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.math.imag(tf.cast(x, tf.complex64))
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.math.imag(tf.cast(x, tf.complex64))
        z = tf.reduce_sum(y * generic(4))
    g = t1.gradient(z, x)
h = t2.gradient(g, x, output_gradients=generic(4, start=31))


# tf.strings.to_number(tf.strings.as_string(x))
x = generic(4) * 0.4 + 0.6
with tf.GradientTape() as t1:
    t1.watch(x)
    y = tf.strings.to_number(tf.strings.as_string(x))
    z = tf.reduce_sum(y * generic(4))
g = t1.gradient(z, x)
