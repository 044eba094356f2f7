import tensorflow as tf
x = tf.Variable([0.7, 1.2, -0.4])
with tf.GradientTape(persistent=True) as t3:
    with tf.GradientTape(persistent=True) as t2:
        with tf.GradientTape(persistent=True) as t:
            y = tf.reverse_sequence(tf.reshape(x, [1, 3]), [2], seq_axis=1) ** 2
        g = t.gradient(y, x)
    h = t2.jacobian(g, x)
k = t3.gradient(h, x)
