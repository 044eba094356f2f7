# The tangent of a root at zero is not a number, though what goes in has none: the gradient's own gradient divides.
import tensorflow as tf
x = tf.constant(2.4)
c = tf.constant([[2.04, -2.0, -0.19], [0.26, 1.53, 1.13]])
z = tf.constant(0.0)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as a:
    y = tf.math.reduce_std(tf.sin(z * c) * x)
    u = tf.sqrt(tf.reduce_sum(tf.sin(z * c) * x))
    v = tf.sqrt(z * x)
j = [a.jvp(y), a.jvp(u), a.jvp(v)]
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = tf.math.reduce_std(tf.sin(z * c) * x)
    v = tf.sqrt(z * x)
j = [t.gradient(y, x), t.gradient(v, x)]
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.sqrt(z * x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)
