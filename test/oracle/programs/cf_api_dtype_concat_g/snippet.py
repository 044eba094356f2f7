import tensorflow as tf
w = tf.Variable([0.5, 0.25])
@tf.function
def loss():
    return tf.concat([[0], w], 0)
with tf.GradientTape() as tape:
    y = loss()
print(tape.gradient(y, w))
