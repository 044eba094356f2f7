import tensorflow as tf

x = tf.Variable([0.4, 1.6, -0.3])

with tf.GradientTape(persistent=True) as tape:
    hard = tf.round(x)
    ste = x + tf.stop_gradient(tf.round(x) - x)
    a = tf.reduce_sum(hard * 2.0)
    b = tf.reduce_sum(ste * 2.0)

print(tape.gradient(a, x), tape.gradient(b, x))
