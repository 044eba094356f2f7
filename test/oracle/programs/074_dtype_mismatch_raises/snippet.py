import numpy as np
import tensorflow as tf

x = tf.Variable(np.array([1.0, 2.0]))
scale = tf.constant(2.0)
with tf.GradientTape() as tape:
    try:
        y = x * scale
    except tf.errors.InvalidArgumentError:
        y = x * tf.cast(scale, x.dtype)
print(tape.gradient(y, x).numpy())
