import tensorflow as tf

x = tf.constant([[1, 2, 3], [4, 5, 6]])


@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def f(a):
    return a * a


with tf.GradientTape() as tape:
    y = f(x)
g = tape.gradient(y, x)
