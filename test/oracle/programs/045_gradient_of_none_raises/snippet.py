import tensorflow as tf

x = tf.constant(2.0)
k = tf.constant(4.0)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        y = k * x
    dy = t1.gradient(y, x)
try:
    d2y = t2.gradient(dy, x)
except TypeError as error:
    print(error)
