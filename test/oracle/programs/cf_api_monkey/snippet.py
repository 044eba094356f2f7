import tensorflow as tf
tf.log = tf.math.log
setattr(tf, "mul", tf.multiply)
x = tf.Variable([1.0, 2.0])
with tf.GradientTape() as tape:
    y = tf.reduce_sum(tf.log(x)) + tf.reduce_sum(tf.mul(x, 3.0))
print(tape.gradient(y, x))
