import tensorflow as tf

centers = tf.Variable([[0.0, 0.0], [1.0, 1.0]])
points = tf.constant([[0.1, 0.3], [0.9, 0.8], [0.2, -0.1]])
with tf.GradientTape() as tape:
    diff = points[:, tf.newaxis, :] - centers[tf.newaxis, :, :]
    dist = tf.reduce_sum(diff ** 2, axis=-1)
    assign = tf.argmin(dist, axis=1)
    loss = tf.reduce_mean(tf.reduce_min(dist, axis=1))
g = tape.gradient(loss, centers)
print(assign.numpy(), g.numpy())
