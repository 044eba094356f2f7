# Numbers repeat.
import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)


# tf.keras.losses.binary_crossentropy(l, tf.sigmoid(s))
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.binary_crossentropy(l, tf.sigmoid(s))
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.binary_crossentropy(l, s, from_logits=True, label_smoothing=0.1)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.binary_crossentropy(l, s, from_logits=True, label_smoothing=0.1)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.binary_focal_crossentropy(l, tf.sigmoid(s))
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.binary_focal_crossentropy(l, tf.sigmoid(s))
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.binary_focal_crossentropy(l, s, apply_class_balancing=True, gamma=1.5, from_logits=True)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.binary_focal_crossentropy(l, s, apply_class_balancing=True, gamma=1.5, from_logits=True)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.categorical_crossentropy(l, tf.nn.softmax(s))
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.categorical_crossentropy(l, tf.nn.softmax(s))
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.categorical_crossentropy(l, s, from_logits=True)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.categorical_crossentropy(l, s, from_logits=True)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.categorical_crossentropy(l, tf.nn.softmax(s), label_smoothing=0.2)
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.categorical_crossentropy(l, tf.nn.softmax(s), label_smoothing=0.2)
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))


# tf.keras.losses.categorical_focal_crossentropy(l, tf.nn.softmax(s))
l = generic(3, 4) * 0.4 + 0.6
s = generic(3, 4, start=107)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([l, s])
    with tf.GradientTape() as t1:
        t1.watch([l, s])
        y = tf.keras.losses.categorical_focal_crossentropy(l, tf.nn.softmax(s))
        z = tf.reduce_sum(y * generic(3))
    g = t1.gradient(z, [l, s])
h0 = t2.gradient(g[0], [l, s], output_gradients=generic(3, 4, start=31))
h1 = t2.gradient(g[1], [l, s], output_gradients=generic(3, 4, start=31))
