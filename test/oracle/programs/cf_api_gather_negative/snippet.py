import tensorflow as tf
w = tf.Variable([0.1, 0.2, 0.7])
with tf.GradientTape() as tape:
    last = tf.gather(w, -1)
print(tape.gradient(last, w))
