import tensorflow as tf
table = tf.Variable([[0.5, 1.0], [2.0, -1.0], [0.25, 3.0], [1.5, -0.5]])
with tf.GradientTape() as outer:
    with tf.GradientTape() as tape:
        rows = tf.gather(table, [0, 2, 2])
        loss = tf.reduce_sum(rows ** 3) + tf.reduce_sum(tf.nn.embedding_lookup(table, [[1], [0]]) ** 2)
    g = tape.gradient(loss, table)
    print(type(g).__name__, g.values.shape, g.indices.numpy(), g.dense_shape)
    total = tf.reduce_sum(g.values ** 2)
print(outer.gradient(total, table))
with tf.GradientTape(persistent=True) as tape:
    loss = tf.nn.l2_loss(tf.nn.embedding_lookup(table, tf.constant([0, 2])))
g = tape.gradient(loss, table)
print(g.values)
table.assign_sub(0.5 * tf.convert_to_tensor(g))
with tf.GradientTape() as tape:
    y = tf.reduce_sum(table ** 2)
print(tape.gradient(y, table))
