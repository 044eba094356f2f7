# Numbers repeat.
import tensorflow as tf
e = tf.Variable([[1.], [3.]])
opt = tf.keras.optimizers.SGD(0.1, clipnorm=1.)
with tf.GradientTape() as t:
    l = tf.reduce_sum(tf.gather(e, [0, 0, 1]) ** 2)
g = t.gradient(l, [e])
opt.apply_gradients(zip(g, [e]))
with tf.GradientTape() as t:
    y = tf.reduce_sum(e ** 3)
g = t.gradient(y, e)
