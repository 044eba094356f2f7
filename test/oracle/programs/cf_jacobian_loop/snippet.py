# In a graph a Jacobian that is not vectorised is a loop: what its gradient takes in has a gradient again, of zeros.
import tensorflow as tf
x = tf.constant(2.22)
@tf.function
def a(x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.minimum(x * 0.0 + 1.0, tf.sign(x))
    g = t.jacobian(y, x, experimental_use_pfor=False)
    return tf.gradients(g, x)[0]
@tf.function
def b(x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.minimum(1.0, tf.sign(x))
    g = t.jacobian(y, x, experimental_use_pfor=False)
    return tf.gradients(g, x)[0]
@tf.function
def c(x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = 3.0 * tf.sign(x)
    g = t.jacobian(y, x, experimental_use_pfor=False)
    return tf.gradients(g, x, unconnected_gradients='zero')[0]
@tf.function
def d(x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.sign(x) * 3.0
    g = t.gradient(y, x)
    return tf.gradients(g, x, unconnected_gradients='zero')[0]
@tf.function
def e(x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.minimum(1.0, tf.sign(x))
    g = t.jacobian(y, x)
    return tf.gradients(g, x, unconnected_gradients='zero')[0]
for f in (a, b, c, d, e):
    try: f(x)
    except Exception as err: print(type(err).__name__)
