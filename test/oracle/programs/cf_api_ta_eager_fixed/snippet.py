import tensorflow as tf
x = tf.Variable(2.0)
with tf.GradientTape() as tape:
    ta = tf.TensorArray(tf.float32, size=0)
    for i in range(3):
        ta = ta.write(i, x ** i)
    y = tf.reduce_sum(ta.stack())
print(tape.gradient(y, x))
