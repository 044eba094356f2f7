import tensorflow as tf
x = tf.Variable(2.)
with tf.GradientTape() as t:
    g = (x * n for n in [1., 2.])
y = sum(g)
print(t.gradient(y, x))
with tf.GradientTape() as t:
    m = map(lambda n: x * n, [1., 2.])
y = tf.add_n(list(m))
print(t.gradient(y, x))
m = map(lambda n: x * n, [1., 2.])
with tf.GradientTape() as t:
    y = tf.add_n(list(m))
print(t.gradient(y, x))
