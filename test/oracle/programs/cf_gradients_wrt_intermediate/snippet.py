import tensorflow as tf
x0 = tf.constant(2.0)
@tf.function
def f(x):
    h = x * x
    y = tf.sin(h)
    a = tf.gradients(y, h)
    b = tf.gradients(y, [h, x])
    c = tf.gradients(y, x0)
    d = tf.gradients(x, x)
    e = tf.gradients(tf.stop_gradient(y), x)
    g = tf.gradients([y, h], x, grad_ys=[None, tf.constant(2.0)])
    return a, b, d, g
print(f(x0))
