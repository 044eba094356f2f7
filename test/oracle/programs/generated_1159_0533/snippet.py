import tensorflow as tf
x1 = tf.constant([[0.87, -2.23, 0.83], [1.87, 1.65, -1.76]])
@tf.custom_gradient
def f2(a):
    y = tf.constant(1.35)
    def grad(dy):
        return tf.stop_gradient(dy)
    return y, grad
with tf.GradientTape(persistent=True) as t3:
    t3.watch(x1)
    with tf.GradientTape(persistent=True) as t4:
        t4.watch(x1)
        y5 = tf.tensordot(((tf.reduce_sum(x1) * tf.constant([[2.17, 1.56], [0.89, -0.76]]))), tf.minimum((x1 * x1), (f2(x1))), [[1], [0]])
        y6 = tf.stack([(tf.ones([3]) * tf.random.uniform([3])), (tf.ones([3]) * tf.random.uniform([3])) ** 2], axis=0)
        t3.watch(x1)
    g7 = t4.batch_jacobian(y6, x1)
    g8 = t4.gradient(y5, {'a': x1, 'b': x1})
g9 = t3.gradient(y6, x1)
if g9 is None:
    g9 = tf.ones([2, 3])
