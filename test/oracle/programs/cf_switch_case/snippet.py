import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(1.0)
with tf.GradientTape(persistent=True) as t:
    y = tf.switch_case(tf.constant(1), [lambda: x * x, lambda: x * 3.0])
    z = tf.case([(x > 5.0, lambda: x * x), (x > 1.0, lambda: w * x)], default=lambda: x)
print(t.gradient(y, x), t.gradient(z, [x, w]))
