import tensorflow as tf
x1 = tf.random.normal([])
x2 = tf.constant([[2.41, 2.28], [-0.92, 1.21], [0.69, -1.0]])
def f3(a):
    return a
@tf.function
def f4(x1, x2):
    with tf.GradientTape(persistent=True) as t5:
        t5.watch(x1)
        t5.watch(x2)
        y6 = tf.keras.activations.relu(tf.reshape(tf.math.tan(((x1 * tf.constant([[1.56, -0.54, 1.25], [2.03, 0.44, 0.67]]))) * 0.2), (3, -1)), alpha=0.1)
        with tf.GradientTape(persistent=True) as t7:
            t7.watch(x1)
            t7.watch(x2)
            y8 = f3(tf.math.atanh(tf.sin(tf.reshape(((x1 * tf.constant([[-1.78, -1.23, -1.25], [0.56, 1.76, 1.84]]))), [3, 2])) * 0.7))
            y9 = tf.exp((((tf.reduce_sum(x2) * tf.constant([1.39, 1.76]))) + ((x1 * tf.constant([0.55, 0.93])))) * 0.2) + (-x1)
            if tf.random.normal([]) > 50.0:
                y10 = tf.reshape(((tf.reduce_sum(y6) * tf.constant([[1.17, 0.32, 1.02], [1.95, -0.66, 1.83]]))), (3, -1))[1, 0]
            else:
                y10 = f3(tf.math.atan2(x1, x1 + 2.9))
        g11 = t7.jacobian(y10, {'a': x1, 'b': x1})
        g12 = t7.gradient(y10, x2)
        if g12 is None:
            g12 = tf.ones([3, 2])
    try:
        g13 = t5.jacobian(y8, [x2, x1])
    except (TypeError, ValueError):
        g13 = None
    g14 = t5.gradient(y10, x2)
    return g14
r = f4(x1, x2)
