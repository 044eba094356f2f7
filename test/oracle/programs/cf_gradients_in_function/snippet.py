import tensorflow as tf
@tf.function
def f(x, w, u):
    y = w * x * x
    g, = tf.gradients(y, [x])
    h, = tf.gradients(g, x)
    k = tf.gradients(h, x)
    m = tf.gradients(g, w)
    n = tf.gradients(y, u)
    o = tf.gradients([y, g], [x, w])
    return g, h, m, o
print(f(tf.constant(2.0), tf.constant(3.0), tf.constant(1.0)))
