import tensorflow as tf
x = tf.Variable(2.0)
@tf.recompute_grad
def f(v):
    return v ** 3
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = f(x)
    g = t1.gradient(y, x)
print(g)
try:
    print(t2.gradient(g, x))
except NotImplementedError as e:
    print(e)
