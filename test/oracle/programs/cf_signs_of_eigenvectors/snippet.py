import tensorflow as tf

# Nothing gives an eigenvector a sign but the steps that find it.
x = tf.constant([[2.0, 1.0], [1.0, 3.0]])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    e, v = tf.linalg.eigh(x)
    signed = tf.reduce_sum(v * [[1.0, 2.0], [3.0, 4.0]])
    unsigned = tf.reduce_sum(v ** 2 * [[1.0, 2.0], [3.0, 4.0]])
    again = v @ tf.linalg.diag(tf.exp(e)) @ tf.transpose(v)
print(tape.gradient(signed, x))
print(tape.gradient(unsigned, x))
print(tape.gradient(again, x))
