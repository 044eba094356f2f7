import tensorflow as tf


@tf.function
def power(x, n):
    result = tf.constant(1.0)
    for _ in tf.range(n):
        result = result * x
    return result


x = tf.Variable(1.5)
with tf.GradientTape() as tape:
    y = power(x, tf.constant(3))
print(tape.gradient(y, x))
