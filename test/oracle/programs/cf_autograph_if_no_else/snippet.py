import tensorflow as tf
x = tf.Variable(2.0)
@tf.function
def f(c):
    with tf.GradientTape(persistent=True) as t2:
        with tf.GradientTape() as t1:
            y = x * x
            if c > 0.0:
                y = tf.sin(y)
        g = t1.gradient(y, x)
    return g, t2.gradient(g, x)
print(f(tf.constant(1.0)))
