import tensorflow as tf
x = tf.Variable([1.0, 2.0])
with tf.GradientTape() as tape:
    try:
        y = tf.log(x)
    except AttributeError:
        y = tf.math.log(x)
print(tape.gradient(y, x))
