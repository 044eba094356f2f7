import tensorflow as tf

k = tf.Variable([[1.0, 2.0]])
b = tf.Variable([0.5])
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        flat = tf.concat([tf.reshape(k, [-1]), b], axis=0)
        loss = tf.reduce_sum(flat ** 3)
    g = t1.gradient(loss, flat)
h = t2.jacobian(g, [k, b])
print([None if m is None else m.shape for m in h])
