import tensorflow as tf
x1 = tf.constant(3)
x2 = tf.constant([[1.2, 0.6], [1.58, 2.36]])
x3 = tf.Variable([[2.21, 0.36, 2.3], [0.95, 2.26, 0.77]])
m4 = tf.keras.Sequential([tf.keras.layers.Dense(2, activation='relu', use_bias=False), tf.keras.layers.Dense(3, activation='relu')])
with tf.GradientTape() as t5:
    t5.watch(x1)
    t5.watch(x2)
    t5.watch(x3)
    with tf.GradientTape() as t6:
        t6.watch(x2)
        y7 = tf.math.asinh(tf.math.acos(tf.sin(tf.where(tf.less(x2, 0.3), tf.zeros_like(x2), x2)) * 0.8))
        y8 = tf.sinh(tf.transpose(((tf.reduce_sum(x3) * tf.constant([[-1.23, 1.4], [1.23, 2.34], [0.88, 1.14]]))), [1, 0]))
        for i in range(4):
            y8 = (tf.stack([((tf.reduce_sum(x2) * tf.constant([0.91, 0.81, 1.18]))), ((tf.reduce_sum(x2) * tf.constant([0.91, 0.81, 1.18]))) ** 2], axis=0))
    g9 = t6.gradient(y7, [x3, x2])
    g10 = g9[0]
    try:
        g11 = t5.gradient(y8, m4.trainable_variables)
    except (TypeError, ValueError):
        g11 = None
g12 = t5.gradient(y7, [x2, x1])
g13 = t5.gradient(y7, [x2, x2])
with tf.GradientTape() as t14:
    t14.watch(x1)
    t14.watch(x2)
    y15 = tf.nn.l2_loss(((tf.reduce_sum(y8) * tf.constant([[1.36, -0.72], [0.75, -2.14], [-0.88, 2.05]]))))
    with tf.GradientTape(persistent=True) as t16:
        t16.watch(x1)
        t16.watch(x2)
        t16.watch(x3)
        v18 = m4(y8)
        y17 = tf.keras.losses.Huber()(tf.zeros_like(v18), v18)
        with tf.GradientTape() as t19:
            t19.watch(x1)
            t19.watch(x2)
            g20 = t16.jacobian(y17, y17)
            x3.assign_add(tf.gather(((y17 * tf.constant([[1.56, 2.27, 0.39], [2.07, 2.26, 0.95], [0.37, 0.9, 1.82]]))), [0, 1]))
            y21 = tf.add_n([tf.math.squared_difference(y15, y17), tf.math.squared_difference(y15, y17)])
        g22 = t19.jacobian(g20, x3)
        try:
            g23 = t14.jacobian(g22, x3)
        except RuntimeError:
            g23 = g22
    g24 = t16.jacobian(g20, x1, unconnected_gradients=tf.UnconnectedGradients.NONE)
    g25 = t16.gradient(g22, y21)
g26 = t14.gradient(g22, x3)
try:
    g27 = t16.gradient([g20, y17], m4.trainable_variables)
except Exception:
    g27 = None
