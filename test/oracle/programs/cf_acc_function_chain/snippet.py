import tensorflow as tf
x = tf.constant(2.0)
@tf.function
def f(a, b):
    return tf.sin(a), b * 2.0, tf.round(a)
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    p, q, r = f(x, tf.constant(1.0))
print(acc.jvp(p), acc.jvp(q), acc.jvp(r))
