import tensorflow as tf


@tf.function
def jac(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.stack([x[0] ** 2, x[0] * x[1], tf.exp(x[1])])
    return tape.jacobian(y, x)


print(jac(tf.constant([1.0, 2.0])))
