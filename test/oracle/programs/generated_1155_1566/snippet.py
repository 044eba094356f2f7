import tensorflow as tf
x1 = tf.Variable([[-0.9, 1.13, 0.22], [1.87, 1.28, 0.8], [1.11, 2.17, 1.96]])
x2 = tf.Variable(0.56)
x3 = tf.Variable([[0.48, 2.33], [0.54, 2.12]])
@tf.function
def f4(a):
    if tf.reduce_sum(a) > 0.0:
        return a ** 2.5
    c = x2
    return c
with tf.GradientTape(persistent=True) as t5:
    t5.watch(x2)
    with tf.GradientTape() as t6:
        y7 = tf.pow(tf.nn.elu(((tf.reduce_sum(x3) * tf.constant([1.86, 1.35])))), 2)
        y8 = tf.minimum((x2 * x2), tf.maximum(x2, x2))
        y9 = tf.sin(y8)
    g10 = t6.jacobian(y9, x2)
    g11 = t5.jacobian(y8, x3)
    if g11 is None:
        g11 = tf.ones([2, 2])
g12 = t5.gradient(y9, x1, unconnected_gradients=tf.UnconnectedGradients.ZERO)
with tf.GradientTape(persistent=True) as t13:
    t13.watch(x2)
    y14 = tf.math.log1p(tf.square(((x2 * tf.constant([2.02, 1.16, -1.13]))))) * tf.random.uniform([3])
    with tf.GradientTape() as t15:
        y16 = g11
        for i in [0.3, 0.7]:
            y16 = (2.0 ** g11) * i
        with tf.GradientTape(persistent=True) as t17:
            t17.watch(x1)
            t17.watch(x2)
            y18 = tf.nn.relu(tf.exp(g11 * 0.3)) ** 2
            y19 = f4(g12)
            x3 = y16
        g20 = t17.jacobian(y18, x3)
        g21 = t15.gradient(y18, x3)
        if g21 is None:
            g21 = tf.zeros([2, 2])
    g22 = t15.gradient(y19, y9)
    g23 = t17.jacobian(y19, [x2, x3])
g24 = t13.batch_jacobian(y19, x1)
g25 = t13.gradient(g21, x1)
