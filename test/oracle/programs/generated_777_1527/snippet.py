import tensorflow as tf
x1 = tf.Variable(1.97)
x2 = tf.constant(-0.21)
def f3(a):
    b = tf.nn.elu(a)
    return a
y4 = x1
@tf.function
def f5(x2):
    with tf.GradientTape(persistent=True) as t6:
        pass
        t6.watch(x2)
        with tf.GradientTape(persistent=True) as t7:
            y8 = tf.sin(x1) * tf.constant(0.38)
            for i in range(3):
                y8 = (y8 * y8)
            with tf.GradientTape() as t9:
                pass
                t9.watch(x2)
                if y4 > 0.3:
                    y10 = tf.keras.activations.elu(((x2 * tf.constant([-0.82, 0.26, -0.56]))), alpha=0.7) ** -1
                else:
                    y10 = tf.where(tf.ones([3]) > ((y8 * tf.constant([2.2, -0.24, -1.41]))), tf.ones([3]), ((y8 * tf.constant([2.2, -0.24, -1.41])))) * tf.random.uniform([3])
            g11 = t9.gradient(y10, x1, output_gradients=y10)
            try:
                g12 = t7.gradient(y8, x2)
            except (TypeError, ValueError):
                g12 = y8
        g13 = t7.jacobian(y8, x2)
        g14 = t7.gradient(y8, x1)
        if g14 is None:
            g14 = tf.ones([])
    g15 = t6.jacobian(y10, x2)
    if g15 is None:
        g15 = tf.zeros([3])
    g16 = t6.gradient(g13, [x2, x1])
    return g15
for step in range(2):
    r = f5(x2)
