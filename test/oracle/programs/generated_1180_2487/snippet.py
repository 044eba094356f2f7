import tensorflow as tf
x1 = tf.Variable([1.88, 2.35])
x2 = tf.Variable([[0.36, -1.48], [-1.91, 0.26]])
x3 = tf.constant(2.34)
with tf.GradientTape(persistent=True) as t4:
    t4.watch(x2)
    t4.watch(x3)
    y5 = tf.reduce_sum(tf.stack([((x3 * tf.constant([-0.59, -1.03, 1.62]))), ((x3 * tf.constant([-0.59, -1.03, 1.62]))) * 2.0]), axis=0)
    y6 = tf.ones_like(tf.abs(x1))
    y7 = tf.unstack(tf.nn.l2_normalize(((tf.reduce_sum(x1) * tf.constant([[1.07, 0.38], [1.71, 0.91], [1.58, 0.82]])))), axis=1)[0]
g8 = t4.gradient(y5, [x3, x2])
g9 = t4.gradient(y5, x3, unconnected_gradients='zero')
