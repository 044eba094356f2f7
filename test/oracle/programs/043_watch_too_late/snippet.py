import tensorflow as tf

x = tf.constant([1.0, 2.0, 3.0])
scale = tf.Variable(2.0)
with tf.GradientTape(persistent=True) as tape:
    y = tf.square(x) * scale
    tape.watch(x)
    z = y + x
print(tape.gradient(y, x))
print(tape.gradient(z, x))
print(tape.gradient(z, scale))
