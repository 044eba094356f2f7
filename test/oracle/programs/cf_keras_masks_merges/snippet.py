# Numbers repeat: of several inputs a step counts where it does in every one.
import tensorflow as tf
K = tf.keras.layers
x = tf.Variable([[[1.0, 2.0], [0.0, 0.0], [0.5, 0.1]]])
z = tf.Variable([[[0.0, 0.0], [3.0, 1.0], [0.2, 0.3]]])
m, pool = K.Masking(), K.GlobalAveragePooling1D()
with tf.GradientTape(persistent=True) as t:
    y1 = tf.reduce_sum(pool(K.Add()([m(x), m(z)])) ** 2)
    y2 = tf.reduce_sum(pool(K.Multiply()([m(x), z])) ** 2)
    y3 = tf.reduce_sum(pool(K.Concatenate()([m(x), m(z)])) ** 2)
    y4 = tf.reduce_sum(pool(K.Concatenate(axis=1)([m(x), m(z)])) ** 2)
g1 = t.gradient(y1, [x, z])
g2 = t.gradient(y2, [x, z])
g3 = t.gradient(y3, [x, z])
g4 = t.gradient(y4, [x, z])
