import tensorflow as tf

image = tf.reshape(tf.range(16.0), [1, 4, 4, 1])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(image)
    cubic = tf.image.resize(image, [6, 6], method=tf.image.ResizeMethod.BICUBIC)
    nearest = tf.image.resize(image, (2, 2), tf.image.ResizeMethod.NEAREST_NEIGHBOR)
print(tape.gradient(cubic, image))
print(tape.gradient(nearest, image))
