import tensorflow as tf

x = tf.constant([1.0, 2.0], dtype=tf.float16)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.reduce_sum(tf.cast(x, tf.float32) ** 2)
g = tape.gradient(y, x)
print(g.dtype, g.numpy())
