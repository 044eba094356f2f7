import tensorflow as tf
w = tf.Variable(3.0)
x = tf.constant(2.0)
@tf.custom_gradient
def f(v):
    y = v * w
    def grad(dy, variables=None):
        return dy * w, [dy * 10.0 for _ in variables]
    return y, grad
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f(x)
print(t.gradient(y, x), t.gradient(y, w))
