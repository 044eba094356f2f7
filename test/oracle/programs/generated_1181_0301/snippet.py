import tensorflow as tf
x1 = tf.Variable(0.98, dtype=tf.float32)
@tf.function
def f2(a):
    if tf.size(a) > 0 and tf.reduce_max(a) > 0.2:
        return tf.sinh(tf.nn.swish(a))
    return tf.add(tf.math.exp(-a * a), 0.3)
with tf.GradientTape(persistent=True) as t3:
    with tf.GradientTape(persistent=True) as t4:
        y5 = tf.reduce_prod(((x1 * tf.constant([[0.48, 1.74, 2.03], [1.35, 1.91, 1.73]]))))
        y6 = tf.reduce_prod(tf.math.squared_difference(((y5 * tf.constant([[-0.61, 1.23, -2.19], [2.05, 1.98, 2.01], [-1.07, -0.33, 2.09]]))), ((x1 * tf.constant([[-0.4, 0.69, 0.75], [0.73, 1.49, 2.33], [-2.04, 0.92, 0.26]])))))
        with tf.GradientTape() as t7:
            t7.watch(x1)
            y8 = (tf.sort(((y5 * tf.constant([2.09, 0.85, 1.43]))))[:, None] * tf.sort(((y5 * tf.constant([2.09, 0.85, 1.43]))))[None, :]) * 0.0
        y9 = f2(x1)
    g10 = t4.jacobian(y8, x1)
g11 = t3.jacobian(g10, x1)
y12 = tf.sqrt(y6 * y6 + 0.7)
with tf.GradientTape(persistent=True) as t13:
    with tf.GradientTape(persistent=True) as t14:
        y15 = tf.add_n([tf.where(((tf.reduce_sum(g10) * tf.constant([2.26, 1.95, 0.62]))) > y9, ((tf.reduce_sum(g10) * tf.constant([2.26, 1.95, 0.62]))), y9), tf.where(((tf.reduce_sum(g10) * tf.constant([2.26, 1.95, 0.62]))) > y9, ((tf.reduce_sum(g10) * tf.constant([2.26, 1.95, 0.62]))), y9)])[:, None] * tf.add_n([tf.where(((tf.reduce_sum(g10) * tf.constant([2.26, 1.95, 0.62]))) > y9, ((tf.reduce_sum(g10) * tf.constant([2.26, 1.95, 0.62]))), y9), tf.where(((tf.reduce_sum(g10) * tf.constant([2.26, 1.95, 0.62]))) > y9, ((tf.reduce_sum(g10) * tf.constant([2.26, 1.95, 0.62]))), y9)])[None, :]
        y16 = tf.maximum(tf.math.xlogy(y12, y12 * y12 + 0.3), 0.0)
        for i in range(2):
            y16 = (tf.reduce_logsumexp(((y16 * tf.constant([-1.6, 1.14, -0.87])))))
    g17 = t14.gradient(y15, x1)
    g18 = t14.jacobian(y16, x1, experimental_use_pfor=False)
    g19 = t13.jacobian(y16, x1)
    if g19 is None:
        g19 = tf.ones([])
g20 = t13.gradient(g18, x1)
g21 = t13.jacobian([g18, y15], x1)
g22 = t14.jacobian(y15, x1)
if g22 is None:
    g22 = tf.zeros([3, 3])
