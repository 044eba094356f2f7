import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(3.0)
@tf.function
def f(v):
    return tf.cond(v > 1.0, lambda: w * v, lambda: v + 1.0)
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape(persistent=True) as t1:
        y = f(x)
    g = t1.gradient(y, x)
    gw = t1.gradient(y, w)
print(t2.gradient(g, x), t2.gradient(g, w), t2.gradient(gw, x), t2.gradient(gw, w))
