import tensorflow as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0]])


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
def f(a):
    with tf.GradientTape() as tape:
        tape.watch(a)
        y = a * a
    j = tape.batch_jacobian(y, a)
    with tf.GradientTape() as tape:
        tape.watch(a)
        z = tf.reshape(a, [a.shape[0], -1])
    return j, tape.gradient(z, a)


f(x)
