import tensorflow as tf
x = tf.Variable([1.0, -2.0])
@tf.function
def f():
    s = tf.stack([x[0], 0.0, x[1] * 2])
    c = tf.concat([x, tf.zeros(1), s], 0)
    d = tf.concat([[0.0], x], 0)
    t = tf.add_n([x, x * 2.0, tf.ones(2)])
    e = tf.einsum("i,i->", x, [1.0, 2.0]) if False else tf.tensordot(x, tf.constant([1.0, 2.0]), 1)
    return tf.reduce_sum(c) + tf.reduce_sum(d ** 2) + tf.reduce_sum(t) * e
with tf.GradientTape() as tape:
    y = f()
print(tape.gradient(y, x))
