import numpy as np
import tensorflow as tf

w = tf.Variable([1.0, 2.0, 3.0])
x = np.ones(3, dtype=np.float32)
# A scalar of 64 bits leaves an array of 32 as it is.
a = tf.constant(x * np.sqrt(2.0) + np.maximum(x, 0.0) * np.mean(x))
with tf.GradientTape() as tape:
    loss = tf.reduce_sum(w * a)
print(tape.gradient(loss, w))

v = tf.Variable(np.array([1.0, 0.5]))
s = tf.constant(np.float32(2.0) * 3.0)
n = tf.constant(np.arange(2) * np.float32(0.5))
with tf.GradientTape() as tape:
    loss = tf.reduce_sum(v * s + v * n)
print(tape.gradient(loss, v))

with tf.GradientTape() as tape:
    e = np.sum(np.cos(w)) + 0.5 * np.dot(w, w)
try:
    print(tape.gradient(e, w))
except AttributeError as error:
    print("numpy", error)
    print((w.numpy() * x).round(2).dot(x))
with tf.GradientTape() as tape:
    loss = tf.reduce_sum(w * np.float32(np.linalg.norm(x)))
print(tape.gradient(loss, w))
