import tensorflow as tf
class S:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): return t is ValueError
x = tf.Variable(2.)
def f():
    with S():
        with tf.GradientTape() as t:
            y = x * x
            raise ValueError('no')
        return None
    return t.gradient(y, x)
print(f())
with tf.GradientTape() as t2:
    y = x * 3.
try:
    with S():
        y = tf.constant(1.)
        raise TypeError
except TypeError:
    pass
print(t2.gradient(y, x))
