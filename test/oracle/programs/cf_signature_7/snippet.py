import tensorflow as tf

x = tf.constant(3.0)


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def f(n):
    y = n
    while y < 10.0:
        y = y * n
    return y


with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
g = tape.gradient(y, x)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(3.0) * x
g2 = tape.gradient(y, x)
