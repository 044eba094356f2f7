# Numbers repeat: a mask that a call is given itself.
import tensorflow as tf
K = tf.keras.layers
x = tf.Variable([[[1.0, 2.0], [3.0, 4.0], [0.5, 0.1]]])
mask = tf.constant([[True, False, True]])
pool = K.GlobalAveragePooling1D()
soft = K.Softmax()
rnn = K.SimpleRNN(1, kernel_initializer="ones", recurrent_initializer="ones")
att = K.Attention()
with tf.GradientTape(persistent=True) as t:
    y1 = tf.reduce_sum(pool(x + 0.0, mask=mask) ** 2)
    y2 = tf.reduce_sum(soft(x + 0.0, mask=tf.constant([[[True, False]]])) * x)
    y3 = rnn(x + 0.0, mask=mask)
    y4 = tf.reduce_sum(att([x + 0.0, x * 2.0], mask=[mask, mask]) ** 2)
    y5 = tf.reduce_sum(soft(x[:, :, 0], tf.constant([[1, 0, 1]])) ** 2)
g1 = t.gradient(y1, x)
g2 = t.gradient(y2, x)
g3 = t.gradient(y3, x)
g4 = t.gradient(y4, x)
g5 = t.gradient(y5, x)
