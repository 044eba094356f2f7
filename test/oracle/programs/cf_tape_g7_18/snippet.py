import tensorflow as tf
@tf.function
def f(x):
    y = x * x
    return tf.gradients(y, {'a': x})
f(tf.constant(1.))
