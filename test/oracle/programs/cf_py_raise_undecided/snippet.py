import sys
import tensorflow as tf
x = tf.Variable(2.)
def f(k):
    try:
        if k in sys.argv:
            raise KeyError(k)
        return x * 2.
    except KeyError:
        return None
def g():
    try:
        int('zz')
    except ValueError:
        return x * 3.
    return tf.constant(1.)
with tf.GradientTape(persistent=True) as t:
    y = f('qq')
    z = g()
print(t.gradient(y, x), t.gradient(z, x))
