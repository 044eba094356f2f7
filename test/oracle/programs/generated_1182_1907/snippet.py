import tensorflow as tf
x1 = tf.Variable([[-1.31, 0.88, 1.23], [1.62, -2.07, 1.24], [1.76, 0.51, 0.83]], trainable=False)
x2 = tf.Variable([[1.6, 1.7, 2.09], [-1.45, -0.38, 0.43]])
x3 = tf.Variable([[0.68, 1.22], [1.57, 2.4]])
@tf.custom_gradient
def f4(a):
    y = a
    def grad(dy):
        return tf.stop_gradient(dy)
    return y, grad
@tf.recompute_grad
def f5(a):
    c = tf.math.xdivy(a, a * a + 0.4)
    if tf.constant(True):
        if tf.size(a) > 2:
            c = tf.constant(-1.88)
        else:
            d = tf.multiply(a, c)
            c = c * d
    return c
@tf.custom_gradient
def f6(a):
    @tf.custom_gradient
    def grad(dy):
        return dy * 3.0 * tf.identity(dy), lambda ddy: ddy * 0.5
    return tf.sin(a), grad
with tf.GradientTape() as t7:
    pass
    with tf.GradientTape(persistent=True) as t8:
        pass
        with tf.GradientTape() as t9:
            t9.watch(x1)
            y10 = tf.cos(tf.math.xlogy((f5(tf.constant(0.62))), (f6(tf.reduce_sum(x2))) * (f6(tf.reduce_sum(x2))) + 0.3))
            t7.watch(x1)
            y11 = f5(y10)
        y12 = x3 * x3 + x3
    g13 = t8.gradient(y10 ** 2, x3)
    g14 = t8.jacobian(y10, x2)
    g15 = t7.gradient(tf.reduce_sum(g14), x2)
    if g15 is None:
        g15 = tf.ones([2, 3])
g16 = t7.gradient(g14, [x2, x2])
