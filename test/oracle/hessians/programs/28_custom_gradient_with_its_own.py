import tensorflow as tf

D = tf.float32


@tf.custom_gradient
def log1pexp(x):
    e = tf.exp(x)

    def grad(upstream):
        return upstream * (1.0 - 1.0 / (1.0 + e))

    return tf.math.log(1.0 + e), grad


x = tf.Variable([0.3, -1.2, 2.0], dtype=D)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = tf.reduce_sum(log1pexp(x * tf.reduce_sum(x)))
    g = inner.gradient(y, x)
h = outer.jacobian(g, x)
