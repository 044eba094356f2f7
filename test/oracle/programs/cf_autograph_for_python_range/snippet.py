import tensorflow as tf
x = tf.Variable(1.5)
@tf.function
def f():
    with tf.GradientTape(persistent=True) as t2:
        with tf.GradientTape(persistent=True) as t1:
            y = x * 1.0
            for i in range(2):
                y = y * 2.0
        g = t1.gradient(y, x)
    return g, t2.gradient(g, x)
print(f())
