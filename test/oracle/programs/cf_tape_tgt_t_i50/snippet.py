import tensorflow as tf
x = tf.Variable(2.)
with tf.GradientTape(persistent=True) as t:
    y = x * x
o = 50
print(t.gradient(o, x))
