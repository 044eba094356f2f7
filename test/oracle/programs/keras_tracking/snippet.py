import tensorflow as tf
class L(tf.keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.d = tf.keras.layers.Dense(2)
        self.w = tf.Variable([1.0, 2.0, 3.0])
        self.z = None
        self.more = [tf.keras.layers.Dense(5), tf.keras.layers.Dense(6)]
    def build(self, shape):
        self.z = self.add_weight(name='z', shape=(7,), initializer='ones')
    def call(self, x):
        return self.d(x * self.w) * tf.reduce_sum(self.z) + tf.reduce_sum(self.more[1](self.more[0](x)))
class K(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.s = tf.Variable(1.0)
        self.a = None
        self.l = L()
        self.b = tf.keras.layers.BatchNormalization()
        self.a = tf.keras.layers.Dense(4)
        self.acc = tf.keras.metrics.Mean()
    def call(self, x):
        return self.a(self.b(self.l(x))) * self.s
class Mo(tf.Module):
    def __init__(self):
        self.k = K()
        self._p = tf.Variable(5.0)
        self.zz = tf.Variable([5.0, 6.0])
    def __call__(self, x):
        return self.k(x) * self._p + tf.reduce_sum(self.zz)
x = tf.ones([2, 3])
m = Mo()
with tf.GradientTape(persistent=True) as t:
    y = m(x)
t.gradient(y, m.trainable_variables)
t.gradient(y, m.k.trainable_variables)
t.gradient(y, m.k.l.trainable_variables)
t.gradient(y, m.k.l.variables)
t.gradient(y, m.k.b.variables)
t.gradient(y, m.k.b.weights)
s = tf.keras.Sequential([tf.keras.layers.Dense(3), tf.keras.layers.BatchNormalization(), tf.keras.layers.Dense(1)])
with tf.GradientTape(persistent=True) as t:
    y = s(x)
t.gradient(y, s.variables)
t.gradient(y, s.get_layer(index=1).non_trainable_variables)
s.layers[0].trainable = False
t.gradient(y, s.trainable_variables)
t.gradient(y, s.non_trainable_variables)
t.gradient(y, s.weights)
f = tf.keras.Model(s.input, [s.layers[1].output, s.output])
with tf.GradientTape(persistent=True) as t:
    u, v = f(x)
t.gradient(v, u)
t.gradient(v, f.trainable_variables)
t.gradient(u, f.layers[1].variables)
