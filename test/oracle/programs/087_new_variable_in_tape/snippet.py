import tensorflow as tf

x = tf.Variable(2.0)
with tf.GradientTape(persistent=True) as tape:
    y = x * x
    z = tf.Variable(y)
    out = z * 3.0
print(tape.gradient(out, x))
print(tape.gradient(out, z))
