import tensorflow as tf
x = tf.Variable(2.0, dtype=tf.float64)
with tf.GradientTape() as tape:
    ta = tf.TensorArray(tf.float32, size=1)
    ta = ta.write(0, x * x)
    y = ta.stack()
print(tape.gradient(y, x))
