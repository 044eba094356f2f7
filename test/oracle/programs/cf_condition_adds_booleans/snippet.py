# What a condition's gradient reads of its branches goes out of it place by place: where the branch that is taken has a boolean and another one a number with a second derivative,
# TensorFlow adds up booleans, and raises.
import tensorflow as tf


@tf.function
def masked(x):
    if x > 0.0:
        return tf.where(x > 1.0, x * x, x)
    return x * x


@tf.function
def clipped(x):
    if x > 0.0:
        return tf.maximum(x, 1.0) * x
    return tf.sin(x) * tf.exp(x)


@tf.function
def masked_power(x):
    if x > 0.0:
        return tf.where(x > 1.0, x * x, x)
    return x ** 3


positive, negative = tf.Variable(2.0), tf.Variable(-2.0)
with tf.GradientTape() as outer:
    outer.watch(positive)
    with tf.GradientTape() as inner:
        inner.watch(positive)
        y = masked(positive)
    slope = inner.gradient(y, positive)
try:
    outer.gradient(slope, positive)
except tf.errors.InvalidArgumentError as e:
    print(e)
with tf.GradientTape() as outer:
    outer.watch(negative)
    with tf.GradientTape() as inner:
        inner.watch(negative)
        y = masked(negative)
    slope = inner.gradient(y, negative)
try:
    outer.gradient(slope, negative)
except tf.errors.InvalidArgumentError as e:
    print(e)
with tf.GradientTape() as outer:
    outer.watch(positive)
    with tf.GradientTape() as inner:
        inner.watch(positive)
        y = clipped(positive)
    slope = inner.gradient(y, positive)
try:
    outer.gradient(slope, positive)
except tf.errors.InvalidArgumentError as e:
    print(e)
x = tf.constant(2.0)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = masked_power(x)
    slope = inner.gradient(y, x)
try:
    outer.gradient(slope, x)
except tf.errors.InvalidArgumentError as e:
    print(e)

x = tf.constant(2.0)
with tf.GradientTape() as third:
    third.watch(x)
    with tf.GradientTape() as second:
        second.watch(x)
        with tf.GradientTape() as first:
            first.watch(x)
            y = masked_power(x)
        g = first.gradient(y, x)
    h = second.gradient(g, x)
