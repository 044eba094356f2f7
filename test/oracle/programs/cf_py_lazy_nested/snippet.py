import tensorflow as tf
x = tf.Variable(2.)
g = (x * a * b for a in [1., 2.] for b in [3., 4.])
with tf.GradientTape(persistent=True) as t:
    y = next(g)
z = next(g)
print(t.gradient(y, x), t.gradient(z, x))
