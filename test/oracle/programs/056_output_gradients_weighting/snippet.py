import tensorflow as tf

x = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
with tf.GradientTape(persistent=True) as tape:
    y = tf.matmul(x, x, transpose_b=True)
    z = tf.reduce_sum(x, axis=0)

print(tape.gradient(y, x, output_gradients=tf.eye(2)).numpy())
print(tape.gradient([y, z], x, output_gradients=[tf.zeros([2, 2]), tf.constant([1.0, -1.0])]).numpy())
print(tape.gradient(z, x, output_gradients=[10.0, 20.0]).numpy())
