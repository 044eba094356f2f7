import tensorflow as tf
x = tf.Variable([1.0, 2.0])
with tf.GradientTape() as tape:
    loss = -tf.reduce_sum(x * tf.log(x))
grads = tape.gradient(loss, x)
print(grads)
