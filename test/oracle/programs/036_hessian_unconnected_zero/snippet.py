import tensorflow as tf

c = tf.constant([1.0, -1.0])
x = tf.Variable([0.3, 0.7])
y = tf.Variable([[1.0], [2.0]])

with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape() as t1:
        f = tf.reduce_sum(c * x) + tf.reduce_sum(y ** 3)
    gx, gy = t1.gradient(f, (x, y))
zero = tf.UnconnectedGradients.ZERO
print(t2.jacobian(gx, x, unconnected_gradients=zero).shape)
print(t2.jacobian(gx, y, unconnected_gradients=zero).shape)
print(t2.jacobian(gy, y, unconnected_gradients=zero).shape)
print(t2.jacobian(gy, x))
