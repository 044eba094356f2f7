import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(3.0)
@tf.function
def f():
    with tf.GradientTape(persistent=True) as t2:
        with tf.GradientTape(persistent=True) as t1:
            y = tf.cond(x > 1.0, lambda: w * x, lambda: w + x)
        g = t1.gradient(y, x)
    r1 = t2.gradient(g, x)
    r2 = t2.gradient(g, w)
    return g, r1, r2
print(f())
