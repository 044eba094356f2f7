import tensorflow as tf
x = tf.constant(2.0)
@tf.custom_gradient
def f(v):
    y = v ** 3
    @tf.custom_gradient
    def grad(dy):
        def second(ddy):
            return ddy * 7.0
        return dy * 3.0 * v ** 2, second
    return y, grad
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f(x)
        z = f(x) ** 2
    g = t1.gradient(y, x)
    h = t1.gradient(z, x)
print(g, h)
print(t2.gradient(g, x))
print(t2.gradient(h, x))
