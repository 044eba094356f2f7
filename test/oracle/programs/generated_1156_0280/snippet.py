import tensorflow as tf
x1 = tf.constant([[1.23, 0.67, -0.33], [0.96, 0.35, 1.7]])
x2 = tf.constant([[1.26, -0.58, 1.33], [0.95, 0.48, -1.48]])
x3 = tf.constant([[-0.31, 2.29], [1.07, -0.36]])
@tf.custom_gradient
def f4(a):
    y = tf.math.divide_no_nan(a, a)
    def grad(dy):
        return dy * a * a
    return y, grad
def f5(a):
    i = tf.constant(0)
    c = tf.zeros_like(a)
    while i < 2:
        c = c
        i += 1
    return tf.math.softplus(c)
@tf.function
def f6(x1, x2):
    with tf.GradientTape() as t7:
        t7.watch(x1)
        t7.watch(x2)
        t7.watch(x3)
        y8 = tf.stack([((tf.reduce_sum(x3) * tf.constant([0.88, 0.92]))), ((tf.reduce_sum(x3) * tf.constant([0.88, 0.92])))]) @ tf.abs(x3)
        with tf.GradientTape(persistent=True) as t9:
            t9.watch(x2)
            t9.watch(x3)
            with tf.GradientTape(persistent=True) as t10:
                t10.watch(x1)
                t10.watch(x2)
                t10.watch(x3)
                t10.watch(x2)
            g11 = t10.gradient(x3, x3)
            g12 = t10.jacobian(y8, {'a': x1, 'b': x3})
            try:
                g13 = t9.gradient(tf.reduce_sum(x3), x2, output_gradients=x3)
            except (TypeError, ValueError):
                g13 = None
        g14 = t9.gradient(x3, x1)
        g15 = t9.batch_jacobian(g14, x2)
        g16 = t7.gradient([y8, x3], x3)
    return g14
r = f6(x1, x2)
