import tensorflow as tf


@tf.function
def f(x, a):
    return a * x + 1.0


x = tf.constant(2.0)
a = tf.constant(3.0)
with tf.GradientTape() as t2:
    t2.watch([x, a])
    with tf.GradientTape() as t1:
        t1.watch([x, a])
        y = f(x, a)
    dx, da = t1.gradient(y, [x, a])
print(dx, da)
print(t2.gradient(dx, [x, a]))
