import tensorflow as tf
x = tf.Variable(2.)
with tf.GradientTape(persistent=True) as t:
    y = x * x
o = tf.data.Dataset.range(3)
print(t.gradient(o, x))
