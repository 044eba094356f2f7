import tensorflow as tf
x = tf.Variable(2.)
class S:
    def __enter__(self): return 3.
    def __exit__(self, t, v, tb):
        return t is not None and issubclass(t, ValueError)
class Bad:
    def __enter__(self): raise KeyError
    def __exit__(self, *a): return True
y = x
with tf.GradientTape(persistent=True) as t:
    y = x * 2.
    with S() as k:
        y = y * k
        raise ValueError('a')
    try:
        with Bad():
            y = tf.constant(1.)
    except KeyError:
        y = y * 2.
print(t.gradient(y, x))
def f():
    for i in range(3):
        with S():
            if i == 1:
                continue
            if i == 2:
                break
            raise ValueError
    return i
with tf.GradientTape(persistent=True) as t:
    z = x * 1. if f() == 2 else tf.constant(1.)
print(t.gradient(z, x))
