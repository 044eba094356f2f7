import tensorflow as tf
x = tf.Variable([0.7, 1.2, -0.4])
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape(persistent=True) as t:
        y = tf.gather_nd(tf.reshape(tf.concat([x, x * 2.0], 0), [2, 3]), [[0, 1], [1, 2]]) ** 2
    g = t.jacobian(y, x, experimental_use_pfor=False)
    g2 = t.jacobian(y, x)
h = t2.jacobian(g, x)
k = t2.jacobian(g2, x, experimental_use_pfor=False)
