# The sines of large numbers, one in another: a last bit of what goes in is a third digit of what comes out, and nobody can say which digits TensorFlow's kernels give.
import tensorflow as tf
x = tf.constant([-1.25, 0.63, 1.56])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    a = tf.reduce_sum(x) * tf.constant([[1.47, 1.08], [1.06, 1.63]]) / 1.9
    b = tf.sqrt(a * a + 0.7) @ tf.transpose(tf.reduce_sum(x) * tf.constant([[1.83, 0.65], [2.04, 0.57], [-1.43, 2.32]]))
    y = tf.exp(x * 0.2) + tf.exp(tf.reduce_sum(b) * 0.2) + 6.12
    for v in [2.0 * tf.reduce_sum(y), 2.0]:
        y = tf.sin(y) * y * v
    z = tf.sin(x) + tf.stop_gradient(y)
g = tape.gradient(y, x)
h = tape.gradient(z, x)
