import tensorflow as tf
@tf.function
def f(x, w):
    if x > 0.0:
        y = x * x
    else:
        y = w * 2.0
    a = tf.gradients(y, [x, w])
    b = tf.gradients(a[0], x)
    i = tf.constant(0)
    z = x
    while i < 3:
        z = z * w
        i += 1
    c = tf.gradients(z, [x, w])
    d = tf.gradients(c[1], [x, w])
    return a, b, c, d
print(f(tf.constant(2.0), tf.constant(3.0)))
