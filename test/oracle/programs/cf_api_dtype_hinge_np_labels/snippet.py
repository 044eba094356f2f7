import numpy as np
import tensorflow as tf
w = tf.Variable([[0.1], [0.2]])
X = np.array([[1., 2.], [3., 4.]], dtype=np.float32)
y = np.array([[1.], [-1.]], dtype=np.float32)
def loss_fn(w):
    return tf.reduce_mean(tf.maximum(0., 1. - y * (X @ w)))
with tf.GradientTape() as tape:
    l = loss_fn(w)
print(tape.gradient(l, w))
g = tf.function(loss_fn)
with tf.GradientTape() as tape:
    l = g(w)
print(tape.gradient(l, w))
