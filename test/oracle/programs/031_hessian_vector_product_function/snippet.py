import tensorflow as tf


def hvp(f, x, v):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = f(x)
        g = inner.gradient(y, x)
    return outer.gradient(g, x, output_gradients=v)


def rosenbrock(x):
    return tf.reduce_sum(100.0 * (x[1:] - x[:-1] ** 2.0) ** 2.0 + (1 - x[:-1]) ** 2.0)


x = tf.constant([1.0, 0.5, -0.5, 2.0], dtype=tf.float64)
v = tf.constant([1.0, 0.0, 0.0, 0.0], dtype=tf.float64)
print(hvp(rosenbrock, x, v).numpy())
