import tensorflow as tf
x = tf.Variable([1., 2.])
with tf.GradientTape() as t:
    y = x * x
print(t.jacobian(y, x, parallel_iterations=1))
