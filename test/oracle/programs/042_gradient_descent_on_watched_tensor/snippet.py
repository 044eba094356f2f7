import tensorflow as tf

theta = tf.constant([1.0, -2.0])
for _ in range(4):
    with tf.GradientTape() as tape:
        tape.watch(theta)
        loss = tf.reduce_sum(tf.math.log(tf.cosh(theta)))
    theta = theta - 0.5 * tape.gradient(loss, theta)
print(theta.numpy())
