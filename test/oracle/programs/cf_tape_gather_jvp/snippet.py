import tensorflow as tf
e = tf.Variable([[1., 2.], [3., 4.]])
with tf.autodiff.ForwardAccumulator(e, tf.ones_like(e)) as a:
    with tf.GradientTape() as t:
        y = tf.gather(e, [1]) * 2.
    g = t.gradient(y, e)
print(a.jvp(g))
