import tensorflow as tf

x = tf.Variable([0.7, 2.0])
w = tf.Variable([1.5, -0.5])


def weighted(a):
    return tf.reduce_sum(w * a ** 3)


with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape() as t1:
        y = tf.py_function(weighted, [x], tf.float32) + tf.reduce_sum(x ** 2)
    g, gw = t1.gradient(y, [x, w])
    p = tf.reduce_sum(g * g)
print(g, gw)
print(t2.gradient(p, x))
h = t2.jacobian(g, x)
print(h)
