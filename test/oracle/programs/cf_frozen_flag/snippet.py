import tensorflow as tf
use_square = True
w = tf.Variable(2.0)
@tf.function
def f(x):
    if use_square:
        return w * x ** 2
    return x
x = tf.constant(3.0)
with tf.GradientTape() as t:
    y = f(x)
print(t.gradient(y, w))
use_square = False
with tf.GradientTape() as t:
    y = f(x)
print(t.gradient(y, w))
with tf.GradientTape() as t:
    y = f(tf.constant([3.0]))
print(t.gradient(y, w))
