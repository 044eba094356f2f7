import tensorflow as tf
x = tf.Variable([[1.0, 2.0], [0.5, 1.0]])
with tf.GradientTape() as tape:
    y = tf.reduce_sum(x, axis=1, keep_dims=True)
print(tape.gradient(y, x))
