# Numbers repeat: steps that are masked are passed over by every recurrent layer, both ways.
import tensorflow as tf
K = tf.keras.layers
ones = dict(kernel_initializer="ones", recurrent_initializer="ones")
ids = tf.constant([[1, 2, 0], [3, 0, 0]])
table = tf.reshape(tf.range(8.0), [4, 2]) / 10.0
e = K.Embedding(4, 2, mask_zero=True, embeddings_initializer=lambda shape, dtype=None: table)
lstm = K.LSTM(2, **ones)
gru = K.GRU(2, return_sequences=True, **ones)
back = K.SimpleRNN(2, go_backwards=True, return_sequences=True, return_state=True, **ones)
both = K.Bidirectional(K.GRU(1, return_sequences=True, **ones))
last = K.Bidirectional(K.LSTM(1, **ones), merge_mode="sum")
with tf.GradientTape(persistent=True) as t:
    h = e(ids)
    y1 = tf.reduce_sum(lstm(h) ** 2)
    y2 = tf.reduce_sum(gru(h) ** 2)
    y3 = tf.reduce_sum(back(h)[0] ** 2)
    y4 = tf.reduce_sum(both(h) ** 2)
    y5 = tf.reduce_sum(last(h) ** 2)
    y6 = tf.reduce_sum(lstm(gru(h)) ** 2)
    y7 = tf.reduce_sum(last(both(h)) ** 2)
g1 = t.gradient(y1, h)
g2 = t.gradient(y2, h)
g3 = t.gradient(y3, h)
g4 = t.gradient(y4, h)
g5 = t.gradient(y5, h)
g6 = t.gradient(y6, h)
