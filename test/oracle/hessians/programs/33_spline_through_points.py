import tensorflow as tf

D = tf.float32

heights = tf.Variable([0.1, 0.8, -0.3, 0.5, 1.2, 0.4, -0.6, 0.2], dtype=D)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        bend = heights[2:] - 2.0 * heights[1:-1] + heights[:-2]
        stretch = tf.sqrt(1.0 + (heights[1:] - heights[:-1]) ** 2)
        energy = tf.reduce_sum(bend ** 2) + tf.reduce_sum(stretch)
    g = inner.gradient(energy, heights)
h = outer.jacobian(g, heights)
