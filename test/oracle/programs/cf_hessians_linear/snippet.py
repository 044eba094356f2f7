import tensorflow as tf
@tf.function
def f(x):
    y = tf.reduce_sum(x * 3.0)
    return tf.hessians(y, x)
print(f(tf.constant([1.0, 2.0])))
