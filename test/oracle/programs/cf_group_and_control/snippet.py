import tensorflow as tf
x = tf.Variable(1.5)
@tf.function
def f():
    with tf.GradientTape() as t:
        with tf.control_dependencies([tf.constant(1.0)]):
            y = tf.identity(x) ** 2
    return t.gradient(y, x)
print(f())
