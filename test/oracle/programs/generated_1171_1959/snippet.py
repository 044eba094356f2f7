import tensorflow as tf
x1 = tf.Variable([[1.77, 0.53, -1.95], [1.14, 0.97, 1.61]])
x2 = tf.Variable(2.22)
@tf.function
def f3(a):
    b = x2
    c = tf.square(a)
    for i in range(2):
        c = tf.math.log_sigmoid(b)
    return c
f4 = lambda v: tf.py_function(lambda w: w * 3.0, [v], tf.float32)
@tf.function
def f5():
    with tf.GradientTape() as t6:
        with tf.GradientTape() as t7:
            y8 = f4(x2)
        g9 = t7.batch_jacobian(y8, x2)
        g10 = t6.gradient(y8, x2)
        if g10 is None:
            g10 = tf.ones([])
    g11 = t6.gradient(y8, x1)
    if g11 is None:
        g11 = tf.ones([2, 3])
    g12 = tf.gradients(y8, x1)[0]
    if g12 is None:
        g12 = tf.ones([2, 3])
    return g12
r = f5()
