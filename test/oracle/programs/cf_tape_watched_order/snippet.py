import tensorflow as tf
a = tf.Variable(1.0)
b = tf.Variable(2.0, trainable=False)
with tf.GradientTape() as t:
    t.watch(b)
    y = a * b
print(t.gradient(y, t.watched_variables()))
