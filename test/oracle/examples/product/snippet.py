# dy/dx = w = 3, which does not depend on x: the second derivative is None.
import tensorflow as tf

x = tf.Variable(1.0)
w = tf.constant(3.0)

with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = w * x
    dy = t1.gradient(y, x)
d2y = t2.gradient(dy, x)

print('dy_dx:', dy.numpy())
print('d2y_dx2:', d2y)
