import tensorflow as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    diagonal = tf.einsum("ii->i", x)
print(tape.gradient(diagonal, x))
print(tape.jacobian(diagonal, x))
