import tensorflow as tf
x = tf.Variable(tf.zeros([0, 3]))
with tf.GradientTape(persistent=True) as t:
    y = x * x
print(t.jacobian(y, x, experimental_use_pfor=False))
