import tensorflow as tf

c = tf.constant([1.0, -1.0, 2.0])
x = tf.Variable([0.3, 0.7, 0.1])

with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        f = tf.reduce_sum(c * x)
    g = t1.gradient(f, x)
H = t2.jacobian(g, x)
if H is None:
    H = tf.zeros([3, 3])
print(H)
