import tensorflow as tf
x1 = tf.Variable([2.29, 0.64, -1.17], dtype=tf.float32)
x2 = tf.random.uniform([3, 3])
def f3(a):
    if tf.reduce_sum(a) > 100.0:
        b = a
    else:
        b = a
    return tf.constant(-1.88)
@tf.function
def f4(a):
    b = tf.sigmoid(a)
    c = tf.foldr(lambda s, v: a * 0.37 + 0.0 * (s + v), tf.stack([a, a * 0.5, tf.ones_like(a)]))
    return c
with tf.autodiff.ForwardAccumulator(x1, tf.ones([3])) as a5:
    y6 = tf.stop_gradient((3.1 - tf.reduce_sum(((tf.reduce_sum(x1) * tf.constant([[0.27, 2.12, 1.94], [-2.27, 1.28, 2.4]]))), axis=0))) * tf.math.asin(tf.tanh(((tf.abs(x1) + 0.6) ** x1)) * 0.9)
g7 = a5.jvp(y6)
if g7 is None:
    g7 = tf.zeros([3])
g8 = a5.jvp(g7)
if g8 is None:
    g8 = tf.zeros([3])
with tf.GradientTape() as t9:
    pass
    t9.watch(x2)
    if len('abc') == 3:
        y10 = tf.math.reduce_std(tf.linalg.matmul(x2, ((tf.reduce_sum(g8) * tf.constant([[-0.32, 1.78], [-2.26, -0.31], [0.24, 0.66]])))))
    else:
        y10 = ((tf.reduce_sum(x1) * tf.constant([[1.85, 1.54], [2.0, 0.71], [1.17, 1.38]])))[2, 0]
g11 = t9.gradient(y10, x2)
y12 = tf.reduce_sum((((y10 * tf.constant([[1.26, 2.23, 1.24], [2.13, -0.36, 0.54]]))) ** 3), axis=0)
