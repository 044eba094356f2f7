import tensorflow as tf
@tf.recompute_grad
def f(a):
    return tf.sin(a) * a
x = tf.Variable([0.7, 1.2])
@tf.function
def run():
    with tf.GradientTape() as t2:
        with tf.GradientTape() as t:
            y = tf.cos(f(x)) * x
        g = t.jacobian(y, x)
    return t2.gradient(g, x)
print(run())
