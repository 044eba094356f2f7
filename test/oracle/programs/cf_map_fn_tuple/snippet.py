import tensorflow as tf
a = tf.Variable([1.0, 2.0])
b = tf.Variable([3.0, 4.0])
with tf.GradientTape(persistent=True) as t:
    y = tf.map_fn(lambda p: p[0] * p[1], (a, b), fn_output_signature=tf.float32)
    z = tf.map_fn(lambda p: tf.reduce_sum(p), tf.stack([a, b]))
print(t.gradient(y, [a, b]), t.gradient(z, [a, b]))
