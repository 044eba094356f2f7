import tensorflow as tf

x = tf.reshape(tf.sin(tf.range(25.0)), [1, 5, 5, 1])
w = tf.constant([[[[1.0]], [[-0.5]]], [[[0.3]], [[2.0]]]])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.nn.conv2d(x, w, strides=1, padding="VALID", dilations=2)
print(tape.jacobian(y, x))
