import tensorflow as tf
x = tf.constant(2.0)
z = tf.constant(3.0)
@tf.custom_gradient
def f(a, b):
    def grad(dy):
        return dy * b, dy * a
    return a * b, grad
@tf.custom_gradient
def g(a, b):
    def grad(dy):
        return dy * b, None
    return a * b, grad
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    with tf.autodiff.ForwardAccumulator(z, tf.constant(1.0)) as acc2:
        y = f(x, z)
        q = g(x, z)
print(acc.jvp(y), acc2.jvp(y), acc.jvp(q), acc2.jvp(q))
