import tensorflow as tf


@tf.function
def input_gradient(x):
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(x ** 2)
    return tape.gradient(y, x)


try:
    print(input_gradient(tf.constant([1.0, 2.0])))
except ValueError as e:
    print(e)
