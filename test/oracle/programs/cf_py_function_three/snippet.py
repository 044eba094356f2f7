import tensorflow as tf
x = tf.constant(2.0)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = tf.py_function(lambda a: a * 2.0, [x], tf.float32) * x
        z = tf.py_function(lambda a: tf.round(a), [x], tf.float32)
    g = t1.gradient(y, x)
    k = t1.gradient(z, x)
print(g, k)
print(t2.gradient(g, x))
print(t2.gradient(k, x))
