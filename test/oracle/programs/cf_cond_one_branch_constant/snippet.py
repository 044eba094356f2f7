import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(3.0)
@tf.function
def f():
    with tf.GradientTape(persistent=True) as t:
        y = tf.cond(x > 1.0, lambda: x * x, lambda: tf.constant(1.0))
        z = tf.cond(x > 100.0, lambda: x * x, lambda: w * 2.0)
    r0 = t.gradient(y, x)
    r1 = t.gradient(y, w)
    r2 = t.gradient(z, x)
    r3 = t.gradient(z, w)
    return r0, r1, r2, r3
print(f())
