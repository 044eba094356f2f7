import tensorflow as tf
x = tf.constant(2.0)
w = tf.constant(3.0)
@tf.function
def f(a):
    return a * a * w
@tf.function
def linear(a):
    return a * 3.0
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    y = f(x)
    z = linear(x)
    q = f(w)
    r = f(y)
print(acc.jvp(y), acc.jvp(z), acc.jvp(q), acc.jvp(r))
