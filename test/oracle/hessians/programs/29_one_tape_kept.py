import tensorflow as tf

D = tf.float32

x = tf.Variable([[0.4, -0.3], [1.1, 0.6]], dtype=D)
with tf.GradientTape(persistent=True) as outer:
    y = tf.linalg.det(x) * tf.exp(tf.linalg.trace(x))
    g = outer.gradient(y, x)
h = outer.jacobian(g, x)
