import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(3.0)
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    y = x * x
    z = w * 2.0
    q = tf.nn.relu(x)
print(acc.jvp(y), acc.jvp(z), acc.jvp(z, unconnected_gradients=tf.UnconnectedGradients.ZERO), acc.jvp(q), acc.jvp(x))
