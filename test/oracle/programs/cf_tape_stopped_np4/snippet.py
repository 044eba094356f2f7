import tensorflow as tf
x = tf.Variable(2.0)
with tf.GradientTape() as t:
    y = x * x
    with t.stop_recording():
        g = t.gradient(y, x)
try:
    print(t.gradient(y, x))
except RuntimeError as e:
    print(e)
