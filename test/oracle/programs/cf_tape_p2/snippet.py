import tensorflow as tf
x = tf.Variable(2.)
with tf.GradientTape(watch_accessed_variables=1) as t:
    y = x * x
print(t.gradient(y, x))
