import tensorflow as tf
x3 = tf.constant([2.33, 0.28, 1.68])
@tf.function
def f5(a):
    c = 0.0 * a
    if tf.size(a) > 2:
        c = a
    return c
@tf.function
def f6(a):
    c = 0.0 * a
    if tf.reduce_sum(a) > 2:
        c = a
    return c
@tf.function
def f7(a):
    c = 0.0 * a
    if tf.size(a) > 2:
        c = a * 1.0
    return c
with tf.GradientTape(persistent=True) as t:
    t.watch(x3)
    z = f5(x3)
    w = f6(x3)
    v = f7(x3)
t.gradient(z, x3)
t.gradient(w, x3)
t.gradient(v, x3)
