import tensorflow as tf
@tf.custom_gradient
def f(a):
    @tf.custom_gradient
    def inner(z):
        return z * z, lambda ddy: ddy * 7.0
    def grad(dy):
        with tf.GradientTape() as t:
            t.watch(dy)
            q = inner(dy)
        return t.gradient(q, dy) * dy
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
