import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
X = np.arange(6).reshape(3, 2) / 10.0
w = tf.Variable(np.array([0.1, 0.2]))
with tf.GradientTape() as tape:
    pred = tf.linalg.matvec(X, w)
    loss = tf.reduce_mean((pred - np.ones(3)) ** 2)
g = tape.gradient(loss, w)
print(g.dtype, g.numpy())
