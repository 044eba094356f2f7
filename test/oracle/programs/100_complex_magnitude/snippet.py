import tensorflow as tf

re = tf.Variable([1.0, 2.0])
im = tf.Variable([0.5, -1.0])
with tf.GradientTape() as tape:
    z = tf.complex(re, im)
    energy = tf.reduce_sum(tf.abs(z) ** 2)
print([g.numpy() for g in tape.gradient(energy, [re, im])])
