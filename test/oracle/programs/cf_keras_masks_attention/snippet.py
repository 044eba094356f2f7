# Numbers repeat: attention by the masks of what it is called on.
import tensorflow as tf
K = tf.keras.layers
table = tf.reshape(tf.range(8.0), [4, 2]) / 10.0
e = K.Embedding(4, 2, mask_zero=True, embeddings_initializer=lambda shape, dtype=None: table)
att, add = K.Attention(), K.AdditiveAttention(use_scale=False)
mha = K.MultiHeadAttention(1, 2, kernel_initializer="ones")
pool = K.GlobalAveragePooling1D()
with tf.GradientTape(persistent=True) as t:
    q, v = e(tf.constant([[1, 2, 0]])), e(tf.constant([[3, 0, 0, 2]]))
    y1 = tf.reduce_sum(att([q, v]) ** 2)
    y2 = tf.reduce_sum(add([q, v]) ** 2)
    y3 = tf.reduce_sum(mha(q, v) ** 2)
    y4 = tf.reduce_sum(mha(q, v, use_causal_mask=True) ** 2)
    y5 = tf.reduce_sum(pool(att([q, v])) ** 2)
g1 = t.gradient(y1, [q, v])
g2 = t.gradient(y2, [q, v])
g3 = t.gradient(y3, [q, v])
g4 = t.gradient(y4, [q, v])
g5 = t.gradient(y5, [q, v])
