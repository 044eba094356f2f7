import tensorflow as tf
x = tf.Variable([0.2, 0.8])
with tf.GradientTape() as t:
    y = tf.searchsorted(x, [0.5])
print(t.gradient(y, x))
