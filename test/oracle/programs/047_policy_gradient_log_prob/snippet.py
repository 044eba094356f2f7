import tensorflow as tf

logits = tf.Variable([[0.1, 0.2, 0.7], [1.0, -1.0, 0.0]])
actions = tf.constant([2, 0])
returns = tf.constant([1.0, -0.5])

with tf.GradientTape() as tape:
    log_probs = tf.nn.log_softmax(logits)
    chosen = tf.reduce_sum(log_probs * tf.one_hot(actions, 3), axis=-1)
    entropy = -tf.reduce_sum(tf.nn.softmax(logits) * log_probs, axis=-1)
    loss = -tf.reduce_mean(chosen * returns + 0.01 * entropy)
print(tape.gradient(loss, logits).numpy())
