import tensorflow as tf
x = tf.Variable(2.)
a = (x * n for n in [1., 2., 3.])
with tf.GradientTape(persistent=True) as t:
    z = zip(a, range(2))
    p = next(z)
    q = next(z)
    r = next(z, None)
s = next(a, None)
print(t.gradient(p[0], x), t.gradient(q[0], x))
print(r is None, s is None)
with tf.GradientTape() as t2:
    y = x * x if s is None else tf.constant(1.)
print(t2.gradient(y, x))
