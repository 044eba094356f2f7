import tensorflow as tf
v = tf.Variable(2.)
w = tf.Variable(2.)
try:
    v += 1.
except RuntimeError:
    w = v
with tf.GradientTape() as t:
    y = w * w
print(t.gradient(y, v))
