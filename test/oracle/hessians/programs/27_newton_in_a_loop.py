import tensorflow as tf

D = tf.float32

x = tf.Variable([1.4, 1.2, 0.8, 1.5], dtype=D)
for _ in range(3):
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = tf.reduce_sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)
        g = inner.gradient(y, x)
    curvature = outer.jacobian(g, x)
    x.assign_sub(0.5 * tf.linalg.solve(curvature, g[:, None])[:, 0])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = tf.reduce_sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)
    g = inner.gradient(y, x)
h = outer.jacobian(g, x)
