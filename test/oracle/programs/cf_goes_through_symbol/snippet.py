import tensorflow as tf
@tf.function
def f(x):
    return tf.add_n([v ** 2 for v in tf.unstack(x)])
@tf.function
def g(x):
    return tf.add_n([v ** 2 for v in x])
x = tf.constant([1.0, 2.0])
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    a = f(x)
    try:
        b = g(x)
    except TypeError as e:
        b = tf.stop_gradient(a)
print(t.gradient(a, x), t.gradient(b, x))
