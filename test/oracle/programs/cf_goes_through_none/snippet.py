import tensorflow as tf
x = tf.constant(1.0); v = tf.Variable([1.0, 2.0]); s = tf.Variable(2.0)
with tf.GradientTape(persistent=True) as t:
    y = tf.reduce_sum(v) * s
try:
    gs = [g * 2.0 for g in t.gradient(y, x)]
except TypeError as e:
    print(e)
    gs = []
try:
    a, b = t.gradient(y, s)
except TypeError as e:
    print(e)
    a, b = v, v
a2, b2 = t.gradient(y, v)
try:
    for g in t.gradient(y, s):
        print(g)
    z = s * 1.0
except TypeError as e:
    z = v
print(t.gradient(z, s))
print(t.gradient(a, v), t.gradient(b, b), a2 + b2)
n = 3
try:
    n.dtype
except AttributeError as e:
    w = y
print(t.gradient(w, s))
