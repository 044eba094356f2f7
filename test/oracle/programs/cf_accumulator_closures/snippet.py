# What a function takes in from outside, followed by an accumulator: fine where its gradient reads none of it but itself, or where it was traced before.
import tensorflow as tf

x = tf.constant([1.0, 2.0])
v = tf.Variable([1.0, 2.0])

w = tf.constant([3.0, 4.0])


def product(a):
    return a * x


def doubled(a):
    return x * 2.0 + a


def square(a):
    return tf.square(x) + a


def beside(a):
    return tf.sin(a) + w



f = tf.function(product)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, w])
        y = f(w)
    of_x = tape.gradient(y, x)
    of_w = tape.gradient(y, w)
j = accumulator.jvp(y)
k = accumulator.jvp(of_w)

f = tf.function(doubled)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, w])
        y = f(w)
    of_x = tape.gradient(y, x)
    of_w = tape.gradient(y, w)
j = accumulator.jvp(y)
k = accumulator.jvp(of_w)

f = tf.function(square)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, w])
        y = f(w)
    of_x = tape.gradient(y, x)
    of_w = tape.gradient(y, w)
j = accumulator.jvp(y)
k = accumulator.jvp(of_w)

f = tf.function(beside)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, w])
        y = f(w)
    of_x = tape.gradient(y, x)
    of_w = tape.gradient(y, w)
j = accumulator.jvp(y)
k = accumulator.jvp(of_w)
