import tensorflow as tf
@tf.custom_gradient
def f(a):
    @tf.custom_gradient
    def inner(dy):
        return dy * 3.0 * dy, lambda ddy: None
    def grad(dy):
        return inner(dy)
    return tf.sin(a), grad
x = tf.Variable([0.7, 1.2])
with tf.GradientTape() as t3:
    with tf.GradientTape() as t2:
        with tf.GradientTape() as t:
            y = tf.cos(f(x)) * x
        g = t.gradient(y, x)
    h = t2.jacobian(g, x)
print(h)
print(t3.gradient(h, x))
