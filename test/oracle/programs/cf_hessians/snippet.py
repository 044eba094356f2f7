import tensorflow as tf
@tf.function
def f(x):
    y = tf.reduce_sum(x ** 3)
    z = tf.reduce_sum(tf.nn.relu(x))
    r0 = tf.hessians(y, x)
    r1 = tf.hessians(z, x)
    return r0, r1
print(f(tf.constant([1.0, 2.0])))
