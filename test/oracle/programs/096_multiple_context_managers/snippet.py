import tensorflow as tf

a = tf.Variable(2.0)
with tf.GradientTape() as outer, tf.GradientTape() as inner:
    y = a ** 3
    first = inner.gradient(y, a)
second = outer.gradient(first, a)
print(first, second)
