import tensorflow as tf
x = tf.Variable([1.0, 2.0])
log = tf.log if hasattr(tf, "log") else tf.math.log
to_float = getattr(tf, "to_float", lambda t: tf.cast(t, tf.float32))
with tf.GradientTape() as tape:
    y = tf.reduce_sum(log(x)) + to_float(x[0])
print(tape.gradient(y, x))
