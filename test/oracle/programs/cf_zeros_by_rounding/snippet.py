# Zeros that remain when the last bits differ, and zeros that do not: a softmax sums to one, which rounding may miss.
import tensorflow as tf
x = tf.constant([[1.25, 1.61], [1.13, -1.52], [-1.76, 1.39]])
one = tf.ones_like(x)
with tf.autodiff.ForwardAccumulator(x, one) as acc:
    log_softmax = tf.nn.log_softmax(x)
print(acc.jvp(log_softmax))
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    softmax = tf.nn.softmax(x)
    whole = tf.reduce_sum(softmax * 2.7)
    itself = tf.sin(x) * 0.3 - tf.sin(x) * 0.3
    thrice = (x * 0.1 + x * 0.7) - (x * 0.7 + x * 0.1)
    dead = tf.nn.relu(tf.exp(x) * -0.3)
    minimum = tf.square(x - x) + tf.square(tf.abs(x) - tf.abs(-x))
    capped = tf.minimum(tf.exp(x), tf.constant(0.1)) * tf.tanh(0.0 * x)
print(tape.gradient(whole, x))
print(tape.gradient(softmax, x))
print(tape.gradient(itself, x))
print(tape.gradient(thrice, x))
print(tape.gradient(dead, x))
print(tape.gradient(minimum, x))
print(tape.gradient(capped, x))
