import tensorflow as tf
x = tf.Variable(2.)
class P:
    def __init__(self): self.__dict__['w'] = x
    def __getattr__(self, n):
        if n == 'z':
            return x * 2.
        raise AttributeError(n)
class Q:
    a = 1
    def __getattr__(self, n):
        return x * 3.
q = Q()
p = Q()
with tf.GradientTape(persistent=True) as t:
    y = q.foo
    z = x * 1. if q.a == 1 else tf.constant(1.)
    h = x * 1. if hasattr(q, 'bar') else tf.constant(1.)
    g = getattr(q, 'baz') * 1.
print(t.gradient(y, x), t.gradient(z, x), t.gradient(h, x), t.gradient(g, x))
