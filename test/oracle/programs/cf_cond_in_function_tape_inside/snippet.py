import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(3.0)
u = tf.Variable(1.0)
@tf.function
def f():
    with tf.GradientTape(persistent=True) as t2:
        with tf.GradientTape(persistent=True) as t1:
            y = tf.cond(x > 1.0, lambda: w * x, lambda: x ** 2)
        g = t1.gradient(y, x)
        gw = t1.gradient(y, w)
        gu = t1.gradient(y, u)
    r3 = t2.gradient(g, x)
    r4 = t2.gradient(g, w)
    r5 = t2.gradient(gw, x)
    r6 = t2.gradient(gw, w)
    return g, gw, gu, r3, r4, r5, r6
print(f())
