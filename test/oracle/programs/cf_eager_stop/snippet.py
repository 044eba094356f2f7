# `stop_gradients` has to be of the graph.
import tensorflow as tf

x = tf.constant(2.0)
outside = x * 1.5


@tf.function
def stopped_inside(x):
    inside = x * 2.0
    return tf.gradients(inside * x, x, stop_gradients=[inside])[0]


@tf.function
def stopped_outside(x):
    return tf.gradients(x * outside, x, stop_gradients=outside)[0]


first = stopped_inside(x)
try:
    second = stopped_outside(x)
except AttributeError:
    second = None
