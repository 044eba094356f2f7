import tensorflow as tf
x = tf.constant(2.0)
w = tf.Variable(3.0)
u = tf.Variable(1.0)
@tf.recompute_grad
def f(v):
    return v * w
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f(x)
print(t.gradient(y, x), t.gradient(y, w), t.gradient(y, u), t.gradient(y, [x, w]))
