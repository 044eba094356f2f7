import tensorflow as tf
scale = tf.constant([1.0, 2.0])
w = tf.Variable([1.0, 2.0])
@tf.function
def f():
    return tf.reduce_sum(w * scale.numpy())
with tf.GradientTape() as tape:
    y = f()
print(tape.gradient(y, w))
