import tensorflow as tf
x = tf.Variable(2.0)
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape(persistent=True) as t1:
        y = tf.py_function(lambda v: v ** 3, [x], tf.float32)
    g = t1.gradient(y, x)
print(g, t2.gradient(g, x))
