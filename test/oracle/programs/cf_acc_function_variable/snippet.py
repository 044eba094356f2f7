import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(3.0)
@tf.function
def f(a):
    return a * a * w
@tf.function
def linear(a):
    return a * 3.0
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    z = linear(x)
    y = f(x.read_value())
print(acc.jvp(y), acc.jvp(z))
