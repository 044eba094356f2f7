import tensorflow as tf
x = tf.Variable(tf.zeros([0]))
with tf.GradientTape(persistent=True) as t:
    y = x * x
print(t.jacobian(y, x).shape)
