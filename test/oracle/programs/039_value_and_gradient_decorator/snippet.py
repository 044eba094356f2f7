import functools
import tensorflow as tf


def value_and_grad(fn):
    @functools.wraps(fn)
    def wrapped(*args):
        with tf.GradientTape() as tape:
            tape.watch(args)
            value = fn(*args)
        return value, tape.gradient(value, args)
    return wrapped


@value_and_grad
def energy(q, p):
    return tf.reduce_sum(p ** 2) / 2.0 + tf.reduce_sum(1.0 - tf.cos(q))


value, (dq, dp) = energy(tf.constant([0.1, 0.2]), tf.constant([1.0, -1.0]))
print(float(value), dq.numpy(), dp.numpy())
