import tensorflow as tf
x = tf.Variable([0.7, 1.2, -0.4])
@tf.function
def f(x):
    return tf.sort(x) ** 2
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape() as t:
        y = f(x)
    g = t.jacobian(y, x)
h = t2.jacobian(g, x)
