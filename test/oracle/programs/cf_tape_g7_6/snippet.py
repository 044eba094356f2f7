import tensorflow as tf
@tf.function
def f(x):
    y = x * x
    return tf.gradients(y, None)
f(tf.constant(1.))
