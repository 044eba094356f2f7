import tensorflow as tf

x = tf.constant([1.0, 2.0])


@tf.function(input_signature=[tf.TensorSpec([3], tf.float32)])
def f(a):
    return a * a


with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
g = tape.gradient(y, x)
