import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(3.0)
with tf.GradientTape(persistent=True) as t:
    if x > 1.0:
        y = x * x
    else:
        y = w * w
    z = x * x if tf.reduce_sum(x) > 100.0 else w * w
print(t.gradient(y, [x, w]), t.gradient(z, [x, w]))
