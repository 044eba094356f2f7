import tensorflow as tf
c = tf.constant(2.0)
v = tf.Variable(1.0)
@tf.function
def f(x):
    y = x * c + v
    a = tf.gradients(y, [c])
    b = tf.gradients(y, v)
    d = tf.gradients(v * v, v)
    e = tf.gradients(y, c, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    return a, b, d, e
print(f(tf.constant(1.0)))
