import tensorflow as tf

w = tf.Variable([[0.2, 0.8], [0.5, -0.5]])
x = tf.constant([[1.0, 2.0], [0.5, 0.1]])
labels = tf.constant([0, 1], dtype=tf.int64)

with tf.GradientTape() as tape:
    logits = tf.matmul(x, w)
    predicted = tf.argmax(logits, axis=1)
    accuracy = tf.reduce_mean(tf.cast(tf.equal(predicted, labels), tf.float32))
    loss = 1.0 - accuracy
grads = tape.gradient(loss, [w])
print(grads)
