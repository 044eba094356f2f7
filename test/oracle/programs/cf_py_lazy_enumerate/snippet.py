import tensorflow as tf
x = tf.Variable(2.)
with tf.GradientTape(persistent=True) as t:
    e = enumerate(v * 2. for v in [x, x])
for i, y in e:
    print(t.gradient(y, x))
