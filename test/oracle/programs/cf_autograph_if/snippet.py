import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(3.0)
@tf.function
def f(c):
    with tf.GradientTape(persistent=True) as t2:
        with tf.GradientTape(persistent=True) as t1:
            if c > 0.0:
                y = w * x
            else:
                y = x * 2.0
        g = t1.gradient(y, x)
        gw = t1.gradient(y, w)
    r2 = t2.gradient(g, x)
    r3 = t2.gradient(g, w)
    return g, gw, r2, r3
print(f(tf.constant(1.0)))
