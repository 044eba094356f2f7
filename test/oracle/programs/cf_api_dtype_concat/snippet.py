import tensorflow as tf
w = tf.Variable([0.5, 0.25])
with tf.GradientTape() as tape:
    y = tf.concat([[0], w], 0)
print(tape.gradient(y, w))
