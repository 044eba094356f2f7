import tensorflow as tf

x = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def f(a):
    total = tf.zeros([3])
    for row in a:
        total += row * row
    return total / tf.cast(tf.shape(a)[0], tf.float32)


with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
g = tape.gradient(y, x)


@tf.function(input_signature=[tf.TensorSpec(shape=[None, None], dtype=tf.float32)])
def h(a):
    return a / a.shape[0]


with tf.GradientTape() as tape:
    tape.watch(x)
    z = h(x)
d = tape.gradient(z, x)
