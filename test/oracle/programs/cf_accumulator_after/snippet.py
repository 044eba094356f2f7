import tensorflow as tf
x = tf.constant(2.0)
acc = tf.autodiff.ForwardAccumulator(x, tf.constant(1.0))
y0 = x * x
with acc:
    y = x * x
y1 = y * 2.0
print(acc.jvp(y0), acc.jvp(y), acc.jvp(y1))
