import tensorflow as tf
x = tf.Variable(tf.zeros([0, 3]))
with tf.GradientTape() as t:
    y = x * x
print(t.batch_jacobian(y, x))
