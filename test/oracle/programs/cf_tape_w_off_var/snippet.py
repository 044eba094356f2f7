import tensorflow as tf
x = tf.Variable(3.0, trainable=False)
with tf.GradientTape(persistent=True) as t:
    pass
t.watch(x)
with t:
    w = x * 2.
print(t.gradient(w, x))
print(len(t.watched_variables()))
