import tensorflow as tf
x = tf.Variable(2.)
with tf.GradientTape(persistent=True) as t:
    y = x * x
o = 'float32'
print(t.gradient(y, o))
