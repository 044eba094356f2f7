import tensorflow as tf

D = tf.float32

start = tf.Variable([0.7, -0.2], dtype=D)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        angle, speed = start[0], start[1]
        for _ in range(12):
            angle, speed = angle + 0.1 * speed, speed - 0.1 * tf.sin(angle)
        end = (angle - 0.3) ** 2 + speed ** 2
    g = inner.gradient(end, start)
h = outer.jacobian(g, start)
