# Numbers repeat.
import tensorflow as tf
v = tf.Variable([1., 2.], constraint=lambda w: tf.clip_by_value(w, 0., 1.))
opt = tf.keras.optimizers.SGD(1.)
opt.apply_gradients([(tf.constant([3., 3.]), v)])
with tf.GradientTape() as t:
    y = tf.reduce_sum(v ** 2 + v)
g = t.gradient(y, v)
