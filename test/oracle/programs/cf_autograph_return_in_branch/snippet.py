import tensorflow as tf
x = tf.Variable(2.0)
@tf.function
def f(v):
    if v > 1.0:
        return v * v
    return v * 3.0
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = f(x)
    g = t1.gradient(y, x)
print(t2.gradient(g, x))
