import tensorflow as tf
x = tf.Variable([1.0, 2.0, 3.0])
w = tf.Variable(2.0)
u = tf.Variable(2.0)
@tf.function
def f():
    with tf.GradientTape(persistent=True) as t2:
        with tf.GradientTape(persistent=True) as t1:
            y = tf.map_fn(lambda v: v * w, x)
            z = tf.map_fn(lambda v: tf.sin(v), x)
        g = t1.gradient(y, x)
        gu = t1.gradient(y, u)
        h = t1.gradient(z, x)
    r3 = t2.gradient(g, x)
    r4 = t2.gradient(g, w)
    r5 = t2.gradient(h, x)
    return g, gu, h, r3, r4, r5
print(f())
