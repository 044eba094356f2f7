import tensorflow as tf
x = tf.Variable(1.5)
u = tf.Variable(1.0)
w = tf.Variable(2.0)
@tf.function
def f(n):
    with tf.GradientTape(persistent=True) as t2:
        with tf.GradientTape(persistent=True) as t1:
            y = tf.constant(1.0)
            z = tf.constant(0.0)
            for _ in tf.range(n):
                y = y * x
                z = z + w
        g = t1.gradient(y, x)
        gu = t1.gradient(y, u)
        gw = t1.gradient(y, w)
        gz = t1.gradient(z, w)
        gzx = t1.gradient(z, x)
    r5 = t2.gradient(g, x)
    r6 = t2.gradient(gz, w)
    r7 = t2.gradient(gz, x)
    return g, gu, gw, gz, gzx, r5, r6, r7
print(f(tf.constant(3)))
