import tensorflow as tf
x = tf.constant([1.0, -2.0], dtype=tf.float64)
@tf.function
def f(v):
    a = 1 - v
    b = 2.0 / v
    c = tf.where(0 < v, v, 0.0)
    d = v ** 2 + 2 ** v
    e = 1 + (v > 0.5) * v if False else v
    return tf.reduce_sum(a + b + c + d + e)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    g = tape.gradient(y, x)
print(t2.gradient(g, x))
