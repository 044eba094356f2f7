import tensorflow as tf
x1 = tf.Variable([-0.6, -1.09, -0.96], name='x1')
x2 = tf.Variable([[0.8, 0.32], [1.58, 2.14]], trainable=False)
x3 = tf.constant([0.27, 0.76, 0.22])
def f4(a):
    return a
class Mm5(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.a = tf.keras.layers.Dense(4, activation='relu', use_bias=False)
        self.b = tf.keras.layers.Dense(3, activation=tf.nn.softplus)
    def call(self, x):
        return self.b(self.a(x)) + x
m5 = Mm5()
with tf.GradientTape() as t6:
    pass
    t6.watch(x2)
    t6.watch(x3)
    with tf.GradientTape(persistent=True) as t7:
        pass
        t7.watch(x3)
        y8 = f4(x2)
        with tf.GradientTape() as t9:
            v11 = m5(tf.ones([2, 3]))
            y10 = tf.keras.losses.mse(tf.ones_like(v11), v11)
        g12 = t9.jacobian(y10, x1)
        if g12 is None:
            g12 = tf.zeros([2, 3])
        g13 = t7.gradient(tf.reduce_sum(y8), x1, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    g14 = t7.gradient(g12, m5.trainable_weights)
    g15 = t7.gradient(g13, x2)
    if g15 is None:
        g15 = tf.zeros([2, 2])
g16 = t6.jacobian(g13, g13)
if g16 is None:
    g16 = tf.zeros([3, 3])
with tf.GradientTape(persistent=True) as t17:
    pass
    v19 = m5(g16)
    y18 = tf.keras.losses.Huber()(tf.zeros_like(v19), v19)
try:
    g20 = t17.jacobian(y18, m5.trainable_variables)
except (TypeError, ValueError):
    g20 = y18
g21 = t17.gradient(y18, x3)
g22 = t7.jacobian([g12, y10], m5.trainable_weights)
x1.assign_add(tf.reshape(tf.reshape(g21, [-1]), [3]))
