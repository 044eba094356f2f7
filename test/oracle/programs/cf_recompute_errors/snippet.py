# What is wrong inside a function that is recomputed in a graph is raised where its gradient is asked for.
import tensorflow as tf

x = tf.constant([[0.7, 0.1], [0.2, 0.4]])
s = tf.constant(0.5)


@tf.recompute_grad
def f(a):
    i, c = tf.while_loop(lambda i, c: i < 2, lambda i, c: (i + 1, s * 2.0), (tf.constant(0), a))
    return a * a


with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = f(x)
first = tape.gradient(y, x)
try:
    rows = tape.jacobian(y, x)
except ValueError:
    rows = None
