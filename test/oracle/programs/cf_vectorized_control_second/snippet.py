import tensorflow as tf


@tf.function
def hessian(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tf.cond(tf.reduce_all(x > 0.0), lambda: tf.reduce_sum(x**3), lambda: tf.reduce_sum(x))
        g = inner.gradient(y, x)
    return outer.jacobian(g, x)


print(hessian(tf.constant([1.0, 2.0])))
