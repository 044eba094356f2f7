import tensorflow as tf
x = tf.Variable([1.0, 2.0, 3.0])
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape(persistent=True) as t1:
        y = tf.scan(lambda a, v: a + v * v, x)
        z = tf.scan(lambda a, v: a + v, x, initializer=tf.constant(0.0))
    g = t1.gradient(y, x)
    h = t1.gradient(z, x)
print(g, h, t2.gradient(g, x), t2.gradient(h, x))
