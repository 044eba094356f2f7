import tensorflow as tf
x = tf.Variable(2.)
def inner():
    yield x * 2.
    yield x * 3.
def outer():
    yield x * 1.
    yield from inner()
    r = yield
with tf.GradientTape(persistent=True) as t:
    vs = [v for v in outer()]
    y = vs[2] * 1.
    z = x * 1. if vs[3] is None else tf.constant(1.)
print(t.gradient(y, x), t.gradient(z, x))
