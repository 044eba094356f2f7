import tensorflow as tf

x = tf.Variable(2.0)
with tf.GradientTape() as tape:
    y0 = x**2
    y1 = 1 / x

both = tape.gradient({'y0': y0, 'y1': y1}, x)
print(both.numpy())

with tf.GradientTape() as tape:
    y = x * [3., 4.]
print(tape.gradient(y, x).numpy())
