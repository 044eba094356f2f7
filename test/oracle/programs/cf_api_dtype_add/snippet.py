import tensorflow as tf
w = tf.Variable([0.5, 0.25])
with tf.GradientTape() as tape:
    y = tf.add(1, w)
print(tape.gradient(y, w))
