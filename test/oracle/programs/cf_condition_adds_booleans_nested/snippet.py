# The condition of a condition in a branch is a boolean that the gradient reads, too: after all else that it reads of that condition where this is a function of its own, else before.
import tensorflow as tf


@tf.function
def pieces(x):
    if x > 0.0:
        return x * x
    elif x < -5.0:
        return x
    else:
        return 2.0 * x


@tf.function
def powers(x):
    if x > 0.0:
        return x * x
    elif x < -5.0:
        return x ** 3
    else:
        return x * x


@tf.function
def bands(x):
    if x < -4.0:
        return x
    elif x < -3.0:
        return x ** 2
    elif x < -1.0:
        return x ** 3
    else:
        return x ** 4


low, high = tf.Variable(-2.0), tf.Variable(2.0)
with tf.GradientTape() as outer:
    outer.watch(low)
    with tf.GradientTape() as inner:
        inner.watch(low)
        y = pieces(low)
    slope = inner.gradient(y, low)
try:
    outer.gradient(slope, low)
except tf.errors.InvalidArgumentError as e:
    print(e)
with tf.GradientTape() as outer:
    outer.watch(high)
    with tf.GradientTape() as inner:
        inner.watch(high)
        y = pieces(high)
    slope = inner.gradient(y, high)
try:
    outer.gradient(slope, high)
except tf.errors.InvalidArgumentError as e:
    print(e)
with tf.GradientTape() as outer:
    outer.watch(low)
    with tf.GradientTape() as inner:
        inner.watch(low)
        y = powers(low)
    slope = inner.gradient(y, low)
try:
    outer.gradient(slope, low)
except tf.errors.InvalidArgumentError as e:
    print(e)
x = tf.constant(-2.0)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = pieces(x)
    slope = inner.gradient(y, x)
try:
    outer.gradient(slope, x)
except tf.errors.InvalidArgumentError as e:
    print(e)

x = tf.constant(-2.0)
with tf.GradientTape() as third:
    third.watch(x)
    with tf.GradientTape() as second:
        second.watch(x)
        with tf.GradientTape() as first:
            first.watch(x)
            y = bands(x)
        g = first.gradient(y, x)
    h = second.gradient(g, x)
