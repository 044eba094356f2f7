import tensorflow as tf
import numpy as np
x1 = tf.constant([1.92, -1.39, -1.75])
x2 = tf.constant([[-2.11, 0.91, 1.06], [1.79, -0.53, 1.87], [-1.43, 0.98, 0.27]])
@tf.function
def f3(a):
    for i in range(2):
        a = tf.nn.silu(a)
    return a
y4 = tf.minimum((x1 * x1), tf.convert_to_tensor(np.sin(x1))) ** 2 * (tf.math.atan2(x1, x1 + 2.9) * tf.math.xdivy(tf.reduce_sum(x2), tf.reduce_sum(x2) * tf.reduce_sum(x2) + 0.4))
with tf.GradientTape(persistent=True) as t5:
    t5.watch(x1)
    t5.watch(x2)
    y6 = (tf.abs((tf.unstack(((tf.reduce_sum(y4) * tf.constant([[-1.15, 1.16, 1.41], [1.83, 1.84, -0.47]]))))[0])) + 0.6) ** tf.cast(tf.cast(tf.reduce_sum(x1), tf.float64), tf.float32)
g7 = t5.gradient(y6, x1)
g8 = t5.gradient(y6, x1)
if g8 is None:
    g8 = tf.ones([3])
g9 = t5.batch_jacobian(y6, [x2, x2])
