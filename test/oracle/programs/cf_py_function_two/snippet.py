import tensorflow as tf
x = tf.constant(2.0)
w = tf.constant(3.0)
v = tf.Variable(1.0)
with tf.GradientTape(persistent=True) as t2:
    t2.watch([x, w])
    with tf.GradientTape(persistent=True) as t1:
        t1.watch([x, w])
        y, z = tf.py_function(lambda a, b: (a * a * v, a + 1.0), [x, w], [tf.float32, tf.float32])
        q = y ** 2
    gq = t1.gradient(q, [x, w, v])
print(gq)
print(t2.gradient(gq[0], x))
