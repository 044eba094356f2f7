import tensorflow as tf
v = tf.Variable([1.0, 2.0])
@tf.function
def f():
    y = tf.reduce_sum(v ** 3)
    return tf.hessians(y, v)
try:
    print(f())
except ValueError as e:
    print(e)
