import tensorflow as tf
w = tf.Variable(2.0)
@tf.function
def step(training):
    return tf.cond(training, lambda: w * w, lambda: w)
with tf.GradientTape() as tape:
    l = step(tf.constant(True))
print(tape.gradient(l, w))
with tf.GradientTape() as tape:
    l = step(True)
print(tape.gradient(l, w))
