import tensorflow as tf
x = tf.constant(2.0)
v = tf.Variable(2.0)
w = tf.Variable(3.0)
@tf.function
def captures(a):
    return a * w
@tf.function
def argument(a):
    return a * 3.0
@tf.function
def inner(a):
    return captures(a) * 2.0
with tf.autodiff.ForwardAccumulator(w, tf.constant(1.0)) as acc:
    y = captures(x)
print(acc.jvp(y))
