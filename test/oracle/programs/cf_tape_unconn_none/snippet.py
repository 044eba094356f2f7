import tensorflow as tf
x = tf.Variable(2.)
with tf.GradientTape() as t:
    y = x * x
print(t.gradient(y, x, unconnected_gradients=None))
