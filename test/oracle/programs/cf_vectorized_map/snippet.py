import tensorflow as tf
x = tf.Variable([1.0, 2.0, 3.0])
w = tf.Variable(2.0)
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape(persistent=True) as t1:
        y = tf.vectorized_map(lambda v: v * w, x)
        z = tf.vectorized_map(lambda v: tf.sin(v), x)
        q = tf.vectorized_map(lambda v: v + 1.0, x)
    g = t1.gradient(y, x)
    h = t1.gradient(z, x)
    k = t1.gradient(q, x)
print(g, h, k, t2.gradient(g, x), t2.gradient(g, w), t2.gradient(h, x), t2.gradient(k, x))
