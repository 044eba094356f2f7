import tensorflow as tf
x = tf.Variable(1.5)
@tf.function
def f():
    with tf.GradientTape() as t2:
        with tf.GradientTape() as t1:
            y = x * 1.0
            while y < 10.0:
                y = y * x
        g = t1.gradient(y, x)
    return g, t2.gradient(g, x)
print(f())
