import tensorflow as tf

x = tf.Variable([0.0, 4.0, 9.0])
with tf.GradientTape(persistent=True) as tape:
    naive = tf.where(x > 0.0, tf.sqrt(x), tf.zeros_like(x))
    safe_x = tf.where(x > 0.0, x, tf.ones_like(x))
    safe = tf.where(x > 0.0, tf.sqrt(safe_x), tf.zeros_like(x))
print(tape.gradient(naive, x).numpy())
print(tape.gradient(safe, x).numpy())
