import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(1.0)
u = tf.Variable(1.0)
@tf.function
def f(i):
    with tf.GradientTape(persistent=True) as t:
        y = tf.switch_case(i, [lambda: x * x, lambda: w * 3.0])
    return t.gradient(y, [x, w, u])
print(f(tf.constant(1)))
