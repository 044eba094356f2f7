# A second derivative as it should be: dy/dx = 3 w x^2 = 9, d2y/dx2 = 6 w x = 18.
import tensorflow as tf

x = tf.Variable(1.0)
w = tf.constant(3.0)

with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = w * x**3
    dy = t1.gradient(y, x)
d2y = t2.gradient(dy, x)

print('dy_dx:', dy.numpy())
print('d2y_dx2:', d2y.numpy())
