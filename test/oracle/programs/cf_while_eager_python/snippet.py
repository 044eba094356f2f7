import tensorflow as tf
x = tf.Variable(1.5)
with tf.GradientTape(persistent=True) as t:
    y = x * 1.0
    n = 0
    while y < 10.0:
        y = y * x
        n += 1
print(t.gradient(y, x))
