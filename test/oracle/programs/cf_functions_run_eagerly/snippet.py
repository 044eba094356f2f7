import tensorflow as tf
@tf.function
def f(x):
    if x > 0:
        y = x * 3.0
    else:
        y = x * 2.0
    return tf.convert_to_tensor(y.numpy()) if tf.executing_eagerly() else y
x = tf.constant(2.0)
with tf.GradientTape() as t:
    t.watch(x)
    y = f(x)
print(t.gradient(y, x))
tf.config.run_functions_eagerly(True)
with tf.GradientTape() as t:
    t.watch(x)
    y = f(x)
print(t.gradient(y, x), tf.config.functions_run_eagerly())
tf.config.run_functions_eagerly(False)
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    g = t.gradient(y, x)
print(t2.gradient(g, x))
