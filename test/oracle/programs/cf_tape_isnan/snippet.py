import tensorflow as tf
x = tf.Variable([0.2, 0.8])
with tf.GradientTape() as t:
    y = tf.math.is_nan(x)
print(t.gradient(y, x))
