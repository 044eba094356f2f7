import tensorflow as tf
x = tf.constant(1.5)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        _, y = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y + x), (0, x))
    g = t1.gradient(y, x)
print(g, t2.gradient(g, x))
