import tensorflow as tf

even = tf.Variable([[1.0, 2.0], [5.0, 6.0]])
odd = tf.Variable([[3.0, 4.0]])
with tf.GradientTape() as tape:
    rows = tf.nn.embedding_lookup([even, odd], [0, 2, 1])
    loss = tf.reduce_sum(rows ** 2)
print(tape.gradient(loss, [even, odd]))
