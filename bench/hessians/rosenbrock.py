# Rosenbrock's function of 1000 unknowns: tridiagonal.
import tensorflow as tf

tf.random.set_seed(0)
x = tf.Variable(tf.random.uniform([1000], -2.0, 2.0))

# ---
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = tf.reduce_sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)
    g = inner.gradient(y, x)
h = outer.jacobian(g, x)
