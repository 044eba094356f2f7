import tensorflow as tf
x = tf.Variable(tf.reshape(tf.linspace(0.1, 2.0, 16), [1, 4, 4, 1]))
with tf.GradientTape(persistent=True) as t3:
    with tf.GradientTape() as t2:
        with tf.GradientTape() as t:
            y = tf.nn.conv3d(tf.reshape(x, [1, 4, 2, 2, 1]), tf.ones([2, 1, 1, 1, 1]), [1] * 5, "VALID") ** 2
        g = t.gradient(y, x)
    h = t2.jacobian(g, x)
k = t3.jacobian(h, x)
