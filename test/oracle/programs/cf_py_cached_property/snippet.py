from functools import cached_property, lru_cache, partial, reduce, wraps
import operator
import tensorflow as tf
x = tf.Variable(2.)
class M:
    def __init__(self): self.n = 0
    @cached_property
    def v(self):
        self.n += 1
        return x * 2.
    @lru_cache(maxsize=8)
    def f(self, k): return x * k
m = M()
q = M()
m.v
m.f(1.)
with tf.GradientTape(persistent=True) as t:
    a = m.v * 1.
    b = q.v * 1.
    c = m.f(1.) * 1.
    d = m.f(2.) * 1.
    e = q.f(1.) * 1.
    n = x * 1. if m.n == 1 else tf.constant(1.)
    r = reduce(lambda p, v: p * v, [x, x, 2.])
    s = reduce(operator.add, [x, x], 0.)
    u = partial(lambda p, v: p * v, x)(3.)
print(t.gradient(a, x), t.gradient(b, x), t.gradient(c, x), t.gradient(d, x), t.gradient(e, x), t.gradient(n, x), t.gradient(r, x), t.gradient(s, x), t.gradient(u, x))
