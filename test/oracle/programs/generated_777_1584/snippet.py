import tensorflow as tf
x1 = tf.Variable(1.55, name='x1')
x2 = tf.constant([[1.73, 2.05, -2.06], [-1.07, -1.07, 2.03]])
x3 = tf.constant([[0.46, -1.34, -1.46], [2.26, -0.87, -1.76]])
@tf.function
def f4(a):
    b = a
    return tf.switch_case(tf.constant(1), [lambda: tf.math.divide_no_nan(a, a)])
with tf.GradientTape(persistent=True) as t5:
    pass
    t5.watch(x2)
    with tf.GradientTape() as t6:
        pass
        t6.watch(x2)
        y7 = tf.math.xdivy((tf.stack([tf.constant([2.3, 1.06, 0.61]), tf.constant([2.3, 1.06, 0.61]) * 2.0]) ** 2 * tf.matmul(((x1 * tf.constant([[1.86, 2.31], [1.44, 2.05]]))), x2)), tf.math.acos(tf.sin((f4(x3))) * 0.8) * tf.math.acos(tf.sin((f4(x3))) * 0.8) + 0.4)
        y8 = tf.nn.l2_loss((f4((((tf.reduce_sum(x2) * tf.constant([[-0.72, 1.35], [1.98, -1.57], [1.44, 1.73]]))) ** 1))))
    g9 = t6.gradient(y8, x2)
g10 = t5.gradient(g9, x3)
g11 = t5.gradient(g9, x1)
if g11 is None:
    g11 = tf.zeros([])
