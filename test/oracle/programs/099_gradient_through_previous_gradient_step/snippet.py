import tensorflow as tf

lr = tf.Variable(0.1)
w0 = tf.constant(4.0)
with tf.GradientTape() as meta:
    with tf.GradientTape() as tape:
        tape.watch(w0)
        loss0 = (w0 - 1.0) ** 2
    w1 = w0 - lr * tape.gradient(loss0, w0)
    loss1 = (w1 - 1.0) ** 2
print(meta.gradient(loss1, lr).numpy())
