import tensorflow as tf
w = tf.Variable([0.5, 0.25])
with tf.GradientTape() as tape:
    y = tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.constant([1, 0]), logits=w)
print(tape.gradient(y, w))
