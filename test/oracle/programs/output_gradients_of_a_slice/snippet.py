# `output_gradients` of another shape than the target's: a slice's gradient refuses them, a product's broadcasts.
import tensorflow as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = x * x
    row = y[0]
    part = y[1:, 0]
same = tape.gradient(row, x, output_gradients=tf.constant([1.0, 2.0]))
product = tape.gradient(y, x, output_gradients=tf.constant([1.0, 2.0]))
try:
    wider = tape.gradient(row, x, output_gradients=tf.ones([3, 2]))
except tf.errors.InvalidArgumentError:
    wider = None
try:
    scalar = tape.gradient(part, x, output_gradients=tf.constant(2.0))
except tf.errors.InvalidArgumentError:
    scalar = None
