import tensorflow as tf
x = tf.constant(2.0)
f = tf.recompute_grad(lambda v: tf.sin(v) * v)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = f(x)
    g = t1.gradient(y, x)
print(g)
print(t2.gradient(g, x))
