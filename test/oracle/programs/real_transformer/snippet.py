import numpy as np
import tensorflow as tf
def scaled_dot(q, k, v, mask=None):
    logits = tf.matmul(q, k, transpose_b=True) / tf.math.sqrt(tf.cast(tf.shape(k)[-1], tf.float32))
    if mask is not None:
        logits += (mask * -1e9)
    w = tf.nn.softmax(logits, axis=-1)
    return tf.matmul(w, v), w
class MHA(tf.keras.layers.Layer):
    def __init__(self, d_model, num_heads):
        super(MHA, self).__init__()
        self.num_heads = num_heads
        self.d_model = d_model
        assert d_model % self.num_heads == 0
        self.depth = d_model // self.num_heads
        self.wq = tf.keras.layers.Dense(d_model)
        self.wk = tf.keras.layers.Dense(d_model)
        self.wv = tf.keras.layers.Dense(d_model)
        self.dense = tf.keras.layers.Dense(d_model)
    def split_heads(self, x, batch_size):
        x = tf.reshape(x, (batch_size, -1, self.num_heads, self.depth))
        return tf.transpose(x, perm=[0, 2, 1, 3])
    def call(self, v, k, q, mask):
        batch_size = tf.shape(q)[0]
        q = self.split_heads(self.wq(q), batch_size)
        k = self.split_heads(self.wk(k), batch_size)
        v = self.split_heads(self.wv(v), batch_size)
        att, weights = scaled_dot(q, k, v, mask)
        att = tf.transpose(att, perm=[0, 2, 1, 3])
        return self.dense(tf.reshape(att, (batch_size, -1, self.d_model))), weights
class Block(tf.keras.layers.Layer):
    def __init__(self, d, heads, ff, rate=0.1):
        super().__init__()
        self.mha = MHA(d, heads)
        self.ffn = tf.keras.Sequential([tf.keras.layers.Dense(ff, activation='relu'), tf.keras.layers.Dense(d)])
        self.n1 = tf.keras.layers.LayerNormalization(epsilon=1e-6)
        self.n2 = tf.keras.layers.LayerNormalization(epsilon=1e-6)
        self.d1 = tf.keras.layers.Dropout(rate)
    def call(self, x, training, mask):
        a, _ = self.mha(x, x, x, mask)
        a = self.d1(a, training=training)
        o = self.n1(x + a)
        return self.n2(o + self.ffn(o))
def angles(pos, i, d):
    return pos * (1 / np.power(10000, (2 * (i // 2)) / np.float32(d)))
def positional(position, d):
    a = angles(np.arange(position)[:, np.newaxis], np.arange(d)[np.newaxis, :], d)
    a[:, 0::2] = np.sin(a[:, 0::2])
    a[:, 1::2] = np.cos(a[:, 1::2])
    return tf.cast(a[np.newaxis, ...], dtype=tf.float32)
emb = tf.keras.layers.Embedding(30, 8)
block = Block(8, 2, 16)
head = tf.keras.layers.Dense(3)
tokens = tf.constant([[1, 2, 3, 0], [4, 5, 0, 0]])
mask = tf.cast(tf.math.equal(tokens, 0), tf.float32)[:, tf.newaxis, tf.newaxis, :]
with tf.GradientTape(persistent=True) as tape:
    x = emb(tokens) * tf.math.sqrt(8.0) + positional(4, 8)
    y = block(x, training=True, mask=mask)
    logits = head(tf.reduce_mean(y, axis=1))
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 2], logits=logits))
vs = emb.trainable_variables + block.trainable_variables + head.trainable_variables
g = tape.gradient(loss, vs)
g2 = tape.gradient(loss, [mask, tokens, x])
