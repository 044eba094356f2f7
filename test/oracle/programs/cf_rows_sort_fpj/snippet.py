import tensorflow as tf
x = tf.Variable([0.7, 1.2, -0.4])
@tf.function
def run():
    with tf.GradientTape(persistent=True) as t2:
        with tf.GradientTape() as t:
            y = tf.sort(x) ** 2
        g = t.jacobian(y, x)
    return t2.jacobian(g, x)
h = run()
