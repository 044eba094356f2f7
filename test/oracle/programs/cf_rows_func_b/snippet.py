import tensorflow as tf
@tf.custom_gradient
def f(a):
    @tf.custom_gradient
    def inner(z):
        return z * z, lambda ddy: ddy * 7.0
    @tf.function
    def g(z):
        return inner(z)
    def grad(dy):
        return g(dy)
    return tf.sin(a), grad
x = tf.constant([[0.7, 1.2]])
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.cos(f(x)) * x
    g = t.batch_jacobian(y, x)
print(t2.gradient(g, x))
