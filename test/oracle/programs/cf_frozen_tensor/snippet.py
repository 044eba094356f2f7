import tensorflow as tf
c = tf.constant(2.0)
@tf.function
def f(x):
    return x * c
x = tf.constant(3.0)
with tf.GradientTape(persistent=True) as t:
    t.watch([x, c])
    y = f(x)
print(t.gradient(y, [x, c]))
c = tf.constant(5.0)
with tf.GradientTape(persistent=True) as t:
    t.watch([x, c])
    y = f(x)
print(t.gradient(y, [x, c]))
