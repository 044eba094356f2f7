import tensorflow as tf
x = tf.constant([2.0, 1.0])
@tf.function
def hvp(v):
    with tf.autodiff.ForwardAccumulator(v, tf.constant([1.0, 0.0])) as acc:
        with tf.GradientTape() as t:
            t.watch(v)
            y = tf.reduce_sum(v ** 3)
            q = tf.reduce_sum(v * 2.0)
        g = t.gradient(y, v)
    a = acc.jvp(g)
    b = acc.jvp(y)
    c = acc.jvp(q)
    return a, b, c
print(hvp(x))
