import tensorflow as tf
x = tf.Variable(2.0)
with tf.GradientTape() as t:
    y = x * x
    with t.stop_recording():
        g = t.gradient(y, x)
    y2 = x * 3.
try:
    print(t.gradient(y2, x))
except RuntimeError as e:
    print(e)
