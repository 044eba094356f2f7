import tensorflow as tf
p = {'w': tf.Variable(2.)}
with tf.GradientTape() as t:
    y = p['w'] * 3.
print(t.gradient(y, p.values()))
