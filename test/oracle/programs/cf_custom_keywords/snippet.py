import tensorflow as tf
x = tf.constant(2.0)
@tf.custom_gradient
def f(v, scale=2.0):
    def grad(dy):
        return dy * scale
    return v, grad
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f(x, scale=5.0)
    z = f(x)
print(t.gradient(y, x))
