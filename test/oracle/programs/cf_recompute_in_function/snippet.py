import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(3.0)
@tf.recompute_grad
def f(v):
    return v * v * w
@tf.function
def step():
    with tf.GradientTape(persistent=True) as t:
        y = f(x)
    a = t.gradient(y, x)
    b = t.gradient(y, w)
    return a, b
print(step())
