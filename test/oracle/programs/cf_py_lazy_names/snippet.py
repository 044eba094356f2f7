import tensorflow as tf
x = tf.Variable(2.)
w = tf.Variable(3.)
with tf.GradientTape(persistent=True) as t:
    k = x
    g = (k * n for n in [1., 2.])
    k = w
    a, b = g
print(t.gradient(a, x), t.gradient(b, w))
