import tensorflow as tf

x = tf.reshape(tf.sin(tf.range(32.0)), [1, 4, 4, 2])
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.nn.max_pool2d(x, 2, 1, padding=[[0, 0], [1, 0], [0, 1], [0, 0]])
    g = tape.gradient(y, x)
print(outer.gradient(g, x))
