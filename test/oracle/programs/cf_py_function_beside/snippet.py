# Vectorised Jacobians that go past a py_function: they have no use for its gradient, but take it once.
import tensorflow as tf

x = tf.Variable([1.0, 2.0])
w = tf.Variable([3.0, 4.0])


def python(v):
    return tf.py_function(lambda a: a * tf.sin(a), [v], tf.float32)


with tf.GradientTape(persistent=True) as one:
    y = tf.reduce_sum(python(w)) * tf.reduce_sum(x * x)
a = one.jacobian(y, x)
try:
    b = one.gradient(y, w)
except tf.errors.UnknownError:
    b = None

with tf.GradientTape(persistent=True) as two:
    y = tf.ensure_shape(python(w), [2]) * x
a = two.jacobian(y, x)
try:
    b = two.jacobian(y, x)
except tf.errors.UnknownError:
    b = None

with tf.GradientTape(persistent=True) as three:
    y = tf.reduce_sum(python(w)) * tf.reduce_sum(x * x)
    z = tf.reduce_sum(python(w))
a = three.jacobian(z, x)
try:
    b = three.gradient(z, w)
except tf.errors.UnknownError:
    b = None

with tf.GradientTape(persistent=True) as four:
    y = tf.reduce_sum(python(w)) * tf.reduce_sum(x * x)
a = four.jacobian(y, x, experimental_use_pfor=False)
try:
    b = four.gradient(y, w)
except tf.errors.UnknownError:
    b = None

with tf.GradientTape(persistent=True) as five:
    y = tf.reduce_sum(python(w)) * tf.reduce_sum(x * x)
a = five.gradient(y, x)
try:
    b = five.jacobian(y, x)
except tf.errors.UnknownError:
    b = None

with tf.GradientTape() as six:
    y = tf.reduce_sum(python(w)) * tf.reduce_sum(x * x)
try:
    a = six.jacobian(y, w)
except Exception:
    a = None

with tf.GradientTape(persistent=True) as seven:
    y = tf.reduce_sum(python(w)) * tf.reduce_sum(x * x)
    z = tf.reduce_sum(python(w))
a = seven.gradient(z, w)
try:
    b = seven.jacobian(z, x)
except tf.errors.UnknownError:
    b = None

with tf.GradientTape(persistent=True) as eight:
    y = tf.reduce_sum(x * x)
    z = tf.reduce_sum(python(w))
a = eight.jacobian(y, x)
b = eight.gradient(z, w)
