import tensorflow as tf

x = tf.linspace(-2.0, 2.0, 5)
delta = tf.Variable(0.0)

with tf.GradientTape() as tape:
    y = tf.nn.sigmoid(x + delta)

dy_dx = tape.jacobian(y, delta)
print(y.shape, dy_dx.shape)
