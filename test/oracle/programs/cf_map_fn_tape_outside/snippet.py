import tensorflow as tf
x = tf.Variable([1.0, 2.0, 3.0])
w = tf.Variable(2.0)
@tf.function
def f(v):
    return tf.map_fn(lambda e: e * w, v)
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape(persistent=True) as t1:
        y = f(x)
    g = t1.gradient(y, x)
print(g, t2.gradient(g, x), t2.gradient(g, w))
