import tensorflow as tf

theta = tf.Variable([0.5, -0.3, 0.8, 0.1, 0.2])
x = tf.constant([[1.0, 2.0], [0.0, 1.0]])


def predict(theta, x):
    w = tf.reshape(theta[:4], (2, 2))
    b = theta[4]
    return tf.reduce_sum(tf.tanh(x @ w), axis=1) + b


with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = tf.reduce_sum(predict(theta, x) ** 2)
    g = inner.gradient(loss, theta)
h = outer.jacobian(g, theta)
print(h.numpy())
