import tensorflow as tf
w = tf.Variable([0.7, 1.2, -0.4])
x = tf.stack([w, w + 0.1])
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = tf.stack([tf.pad(x[0], [[1, 1]], "REFLECT") ** 2] * 2)
    g = t.batch_jacobian(y, x)
h = t2.batch_jacobian(g, x)
