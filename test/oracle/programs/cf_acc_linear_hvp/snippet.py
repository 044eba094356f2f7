import tensorflow as tf
x = tf.Variable([2.0, 1.0])
with tf.autodiff.ForwardAccumulator(x, tf.constant([1.0, 0.0])) as acc:
    with tf.GradientTape(persistent=True) as t:
        y = tf.reduce_sum(x * 2.0)
        r = tf.reduce_sum(tf.nn.relu(x))
        s = tf.reduce_sum(x)
    g = t.gradient(y, x)
    h = t.gradient(r, x)
    k = t.gradient(s, x)
print(acc.jvp(g), acc.jvp(h), acc.jvp(k))
