import tensorflow as tf
@tf.function
def f(x, w):
    y = tf.reduce_sum(x ** 2 * w)
    return tf.hessians(y, [x, w])
try:
    print(f(tf.constant([1.0, 2.0]), tf.constant([3.0, 1.0])))
except ValueError as e:
    print(e)
@tf.function
def g(x):
    return tf.hessians(tf.reduce_sum(tf.tanh(x)), [x])
print(g(tf.constant([[1.0], [2.0]])))
