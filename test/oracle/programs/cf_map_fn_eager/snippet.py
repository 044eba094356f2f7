import tensorflow as tf
x = tf.constant([1.0, 2.0, 3.0])
w = tf.Variable(2.0)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = tf.map_fn(lambda v: v * w, x)
        z = tf.map_fn(lambda v: tf.sin(v), x)
    g = t1.gradient(y, x)
    h = t1.gradient(z, x)
print(g, h, t2.gradient(g, x), t2.gradient(g, w), t2.gradient(h, x))
