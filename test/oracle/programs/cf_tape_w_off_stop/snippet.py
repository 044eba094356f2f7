import tensorflow as tf
x = tf.constant(3.0)
with tf.GradientTape(persistent=True) as t:
    with t.stop_recording():
        t.watch(x)
    w = x * 2.
print(t.gradient(w, x))
