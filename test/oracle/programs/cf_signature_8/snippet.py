import tensorflow as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0]])


@tf.function(input_signature=[tf.TensorSpec(None, tf.float32)])
def f(a):
    with tf.GradientTape() as tape:
        tape.watch(a)
        y = a * a
    return tape.batch_jacobian(y, a)


f(x)
