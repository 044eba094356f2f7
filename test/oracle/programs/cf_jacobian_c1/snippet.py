import tensorflow as tf
x = tf.Variable([2., 3.])
with tf.GradientTape() as t:
    y = tf.complex(x, x)
print(t.jacobian(y, x))
