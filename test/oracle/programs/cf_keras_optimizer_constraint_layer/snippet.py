# Numbers repeat.
import tensorflow as tf
d = tf.keras.layers.Dense(1, use_bias=False, kernel_constraint='non_neg', kernel_initializer='ones')
x = tf.constant([[1., 2.]])
opt = tf.keras.optimizers.SGD(1.)
opt.minimize(lambda: tf.reduce_sum(d(x) * 3.), d.trainable_variables) if d(x) is not None else None
with tf.GradientTape() as t:
    y = tf.reduce_sum(d.kernel ** 2 + d.kernel)
g = t.gradient(y, d.kernel)
