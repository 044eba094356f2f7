import tensorflow as tf
use = True
w = tf.Variable(2.0)
@tf.function
def inner(x):
    return w * x if use else x
@tf.function
def outer(x):
    return inner(x) ** 2
x = tf.constant(3.0)
with tf.GradientTape() as t:
    y = inner(x)
print(t.gradient(y, w))
use = False
with tf.GradientTape() as t:
    y = outer(x)
print(t.gradient(y, w))
use = True
with tf.GradientTape() as t:
    y = outer(tf.constant([3.0]))
print(t.gradient(y, w))
