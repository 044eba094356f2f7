import tensorflow as tf
x = tf.constant(3.0)
with tf.GradientTape(persistent=True) as t:
    pass
t.watch(x)
with t:
    w = x * 2.
print(t.gradient(w, x))
