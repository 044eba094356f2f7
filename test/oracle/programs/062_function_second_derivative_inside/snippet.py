import tensorflow as tf


@tf.function
def second(x):
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.sin(x) * x
        dy = t1.gradient(y, x)
    return t2.gradient(dy, x)


print(second(tf.constant([0.1, 0.2])))
