import tensorflow as tf
x = tf.Variable([1.0, 2.0, 3.0])
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape(persistent=True) as t1:
        y = tf.foldl(lambda a, v: a * v, x)
        z = tf.foldr(lambda a, v: a + v, x)
    g = t1.gradient(y, x)
    h = t1.gradient(z, x)
print(g, h, t2.gradient(g, x), t2.gradient(h, x))
