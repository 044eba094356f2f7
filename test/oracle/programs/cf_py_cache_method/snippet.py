from functools import lru_cache
import tensorflow as tf
x = tf.Variable(2.)
class W:
    def __init__(self): self.k = 1.
    @lru_cache(maxsize=None)
    def f(self): return x * self.k
w = W()
with tf.GradientTape(persistent=True) as t:
    a = w.f()
    w.k = None
    b = w.f()
    c = W().f()
print(t.gradient(a, x), t.gradient(b, x), t.gradient(c, x))
@lru_cache(None)
def fact(n): return 1. if n == 0 else n * fact(n - 1)
with tf.GradientTape(persistent=True) as t:
    y = x * fact(5)
print(t.gradient(y, x))
@lru_cache(None)
def rnd(s):
    return x * 1. if len(s) > 1 else None
with tf.GradientTape(persistent=True) as t:
    y = rnd('ab')
    z = rnd('a')
    w2 = x * 1. if z is None else tf.constant(1.)
print(t.gradient(y, x), t.gradient(w2, x))
