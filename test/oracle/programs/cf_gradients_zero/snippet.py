import tensorflow as tf
@tf.function
def f(x, w):
    y = tf.nn.relu(x) * 2.0
    g = tf.gradients(y, x)[0]
    h = tf.gradients(g, x)
    k = tf.gradients(y, w, unconnected_gradients='zero')
    s = tf.gradients(y, x, stop_gradients=x)
    o = tf.gradients(y, x, grad_ys=tf.constant(3.0))
    return g, h, k, s, o
print(f(tf.constant(2.0), tf.constant(3.0)))
