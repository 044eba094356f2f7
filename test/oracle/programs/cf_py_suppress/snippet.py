import tensorflow as tf
import contextlib
x = tf.Variable(2.)
with tf.GradientTape(persistent=True) as t:
    y = x * 1.
    with contextlib.suppress(KeyError):
        y = tf.constant(1.)
        {}['a']
        y = x * 3.
    z = x * 1.
    with contextlib.suppress(KeyError):
        z = x * 2.
    with contextlib.suppress(LookupError):
        z = tf.constant(1.)
        [][0]
print(t.gradient(y, x), t.gradient(z, x))
