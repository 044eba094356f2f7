import tensorflow as tf
v = tf.Variable([1.0, 2.0])
@tf.function
def f(x):
    y = tf.reduce_sum(v * v * x)
    r0 = tf.gradients(y, v)
    r1 = tf.gradients(y, [x])
    return r0, r1
print(f(tf.constant([1.0, 2.0])))
