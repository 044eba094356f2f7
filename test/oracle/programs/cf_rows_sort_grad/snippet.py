import tensorflow as tf
x = tf.Variable([0.7, 1.2, -0.4])
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape() as t:
        y = tf.sort(x) ** 2
    g = t.jacobian(y, x)
h = t2.gradient(g, x)
k = t2.jacobian(tf.zeros([2]) if False else g, x, unconnected_gradients='zero')
