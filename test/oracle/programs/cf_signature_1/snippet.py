import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def f(a):
    with tf.GradientTape() as tape:
        tape.watch(a)
        y = a * a
    return tape.gradient(y, a)


print(f(3.0))
print(f(tf.constant(2.0)))
