import functools
import tensorflow as tf
x = tf.Variable(2.)
log = []
@functools.lru_cache(maxsize=None)
def f(n, k=1.):
    log.append(n)
    return x ** n * k
@functools.cache
def g(n): return x * n
with tf.GradientTape(persistent=True) as t:
    a = f(2.)
    b = f(2.)
    c = f(3.)
    d = f(3., k=2.)
    n = x * 1. if len(log) == 3 else tf.constant(1.)
    e = g(2.)
print(t.gradient(a, x), t.gradient(b, x), t.gradient(c, x), t.gradient(d, x), t.gradient(n, x))
with tf.GradientTape(persistent=True) as t:
    e2 = g(2.)
    e3 = g(4.)
    f.cache_clear()
    a2 = f(2.)
print(t.gradient(e2, x), t.gradient(e3, x), t.gradient(a2, x))
