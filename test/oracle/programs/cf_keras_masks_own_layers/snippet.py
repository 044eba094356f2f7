# Numbers repeat: layers of one's own let masks through, take them or make them.
import tensorflow as tf
K = tf.keras.layers
class Through(K.Layer):
    def __init__(self):
        super().__init__()
        self.supports_masking = True
    def call(self, x):
        return x * 2.0
class Stops(K.Layer):
    def call(self, x):
        return x * 2.0
class Takes(K.Layer):
    def call(self, x, mask=None):
        return x * 3.0 if mask is None else x * tf.cast(mask, x.dtype)[:, :, None]
class Makes(K.Layer):
    def compute_mask(self, x, mask=None):
        return tf.constant([[True, False, False]])
    def call(self, x):
        return x + 1.0
x = tf.Variable([[[1.0, 2.0], [0.0, 0.0], [0.5, 0.1]]])
m, pool = K.Masking(), K.GlobalAveragePooling1D()
with tf.GradientTape(persistent=True) as t:
    y1 = tf.reduce_sum(pool(Through()(m(x))) ** 2)
    y2 = tf.reduce_sum(pool(Stops()(m(x))) ** 2)
    y3 = tf.reduce_sum(Takes()(m(x)) ** 2)
    y4 = tf.reduce_sum(Takes()(x) ** 2)
    y5 = tf.reduce_sum(pool(Makes()(x)) ** 2)
    y6 = tf.reduce_sum(pool(K.Dropout(0.5)(K.LayerNormalization()(K.ReLU()(m(x))))) * x)
    y7 = tf.reduce_sum(pool(K.Lambda(lambda v: v * 2.0)(m(x))) ** 2)
    y8 = tf.reduce_sum(pool(m(x) + 1.0) ** 2)
g1 = t.gradient(y1, x)
g2 = t.gradient(y2, x)
g3 = t.gradient(y3, x)
g4 = t.gradient(y4, x)
g5 = t.gradient(y5, x)
g6 = t.gradient(y6, x)
g7 = t.gradient(y7, x)
g8 = t.gradient(y8, x)
