import tensorflow as tf

x = tf.Variable([[1.0, 2.0], [3.0, 5.0], [4.0, 1.0]])
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        centered = x - tf.reduce_mean(x, axis=0)
        cov = tf.matmul(centered, centered, transpose_a=True) / 3.0
        std = tf.math.reduce_std(x, axis=0)
        loss = tf.linalg.trace(cov) + tf.reduce_sum(std)
    g = t1.gradient(loss, x)
hv = t2.gradient(g, x, output_gradients=tf.constant([[1.0, 0.0], [0.0, 2.0], [0.5, -1.0]]))
print(g.numpy(), hv.shape)
