from functools import lru_cache
import tensorflow as tf
x = tf.Variable(2.)
@lru_cache(maxsize=1)
def f(n): return x * n
f(1.)
f(2.)
with tf.GradientTape(persistent=True) as t:
    y = f(1.)
    z = f(2.)
print(t.gradient(y, x), t.gradient(z, x))
