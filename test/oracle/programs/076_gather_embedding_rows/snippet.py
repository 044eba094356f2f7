import tensorflow as tf

table = tf.Variable([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]])
ids = tf.constant([0, 2, 2])
with tf.GradientTape() as tape:
    rows = tf.gather(table, ids)
    loss = tf.reduce_sum(rows ** 2)
g = tape.gradient(loss, table)
print(type(g).__name__, tf.convert_to_tensor(g).numpy())
