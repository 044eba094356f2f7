import tensorflow as tf

q = tf.Variable([[1.0, 0.5], [0.2, 0.8]])
target_q = tf.Variable([[0.9, 0.4], [0.3, 0.7]])
reward = tf.constant([1.0, 0.0])
actions = tf.one_hot([0, 1], 2)
gamma = 0.99

with tf.GradientTape() as tape:
    q_values = tf.reduce_sum(q * actions, axis=1)
    next_best = tf.reduce_max(target_q, axis=1)
    td_target = tf.stop_gradient(reward + gamma * next_best)
    loss = tf.reduce_mean(tf.square(td_target - q_values))

gq, gt = tape.gradient(loss, [q, target_q])
print(gq, gt)
