import tensorflow as tf
x1 = tf.Variable([[1.65, -1.76, -0.54], [1.76, 0.24, -0.91], [1.57, 1.61, 1.04]], name='x1')
x2 = tf.Variable(0.87)
x3 = tf.constant(0.31)
@tf.function
def f4(a):
    c = tf.TensorArray(tf.float32, size=2)
    c = c.write(0, x2 + tf.zeros_like(a))
    for i in tf.range(1, 2):
        c = c.write(i, x2 + tf.zeros_like(a))
    return tf.reduce_sum(c.stack(), 0)
with tf.GradientTape() as t5:
    t5.watch(x1)
    with t5.stop_recording():
        y6 = tf.pow((x1 + x3), 3.0)
    with tf.GradientTape(persistent=True) as t7:
        pass
        pass
        t7.watch(x3)
        y8 = tf.multiply(x2, x3)
        y9 = tf.norm((f4(((y8 * tf.constant([2.36, 0.87, -0.4]))))))
        y10 = tf.math.atan2(tf.math.erfc(y6 * 0.4), (y9 ** -1) + 2.9)
    g11 = t7.gradient(y10, x3)
    g12 = t7.gradient(y9, x1)
    if g12 is None:
        g12 = tf.zeros([3, 3])
y13 = tf.sinh(((tf.sin(x3) * x3) ** 3))
g14 = t5.gradient(g11 * 2.0, [x3, x2])
