import tensorflow as tf
x = tf.constant(2.0)
@tf.function
def inner(v):
    return v * 3.0
@tf.function
def outer(v):
    return inner(v) + v
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = outer(x)
    g = t1.gradient(y, x)
print(g, t2.gradient(g, x))
