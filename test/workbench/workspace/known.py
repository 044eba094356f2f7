# y = a^2 b + b^3 at a = 2, b = 3: the Hessian is [[2b, 2a], [2a, 6b]] = [[6, 4], [4, 18]].
import tensorflow as tf

x = tf.Variable([2.0, 3.0])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = x[0] ** 2 * x[1] + x[1] ** 3
    g = inner.gradient(y, x)
h = outer.jacobian(g, x)
print(h)
