import tensorflow as tf
import contextlib
log = []
@contextlib.contextmanager
def quiet(a, b=2.):
    try:
        yield a * b
    except ValueError:
        log.append('v')
    finally:
        log.append('f')
x = tf.Variable(2.)
def f():
    with tf.GradientTape(persistent=True) as t:
        with quiet(x) as y:
            z = y * y
            raise ValueError
            z = tf.constant(1.)
    return t.gradient(z, x)
print(f())
def g():
    with tf.GradientTape(persistent=True) as t:
        with quiet(x, b=3.) as y:
            return t.gradient(y, x)
print(g())
with tf.GradientTape() as t:
    y = x * x if len(log) == 3 else tf.constant(2.)
print(t.gradient(y, x))
