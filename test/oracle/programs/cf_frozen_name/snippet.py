import tensorflow as tf
w = tf.Variable(1.0)
@tf.function
def f(x):
    return w * x
with tf.GradientTape() as t:
    y = f(tf.constant(2.0))
print(t.gradient(y, w))
old = w
w = tf.Variable(5.0)
with tf.GradientTape(persistent=True) as t:
    y = f(tf.constant(2.0))
print(t.gradient(y, w), t.gradient(y, old))
