import tensorflow as tf
x = tf.Variable(1.5)
w = tf.Variable(0.5)
@tf.function
def f():
    with tf.GradientTape(persistent=True) as t2:
        with tf.GradientTape(persistent=True) as t1:
            i, y = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y + x), [tf.constant(0), tf.constant(1.0)])
            j, z = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * w + x), [tf.constant(0), tf.constant(1.0)])
        g = t1.gradient(y, x)
        gz = t1.gradient(z, x)
        gw = t1.gradient(z, w)
    r3 = t2.gradient(g, x)
    r4 = t2.gradient(gz, x)
    r5 = t2.gradient(gz, w)
    r6 = t2.gradient(gw, x)
    r7 = t2.gradient(gw, w)
    return g, gz, gw, r3, r4, r5, r6, r7
print(f())
