import tensorflow as tf
fns = [tf.sin]
@tf.function
def f(x):
    for g in fns:
        x = g(x)
    return x
x = tf.constant(0.0)
with tf.GradientTape() as t:
    t.watch(x)
    y = f(x)
print(t.gradient(y, x))
fns.append(tf.stop_gradient)
with tf.GradientTape() as t:
    t.watch(x)
    y = f(x)
print(t.gradient(y, x))
