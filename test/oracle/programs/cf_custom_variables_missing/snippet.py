import tensorflow as tf
w = tf.Variable(3.0)
x = tf.constant(2.0)
@tf.custom_gradient
def f(v):
    y = v * w
    def grad(dy):
        return dy * w
    return y, grad
with tf.GradientTape() as t:
    t.watch(x)
    try:
        y = f(x)
    except TypeError as e:
        y = x * x
print(t.gradient(y, x))
