import tensorflow as tf
@tf.custom_gradient
def f(a):
    @tf.custom_gradient
    def grad(dy):
        return dy * 3.0 * tf.identity(dy), lambda ddy: ddy * 0.5
    return tf.sin(a), grad
x = tf.Variable([0.7, 1.2])
with tf.GradientTape() as t2:
    with tf.GradientTape() as t:
        y = tf.cos(f(x)) * x
    g = t.jacobian(y, x)
print(g)
print(t2.gradient(g, x))
