import tensorflow as tf

# Only an adjoint conjugates, and so does its gradient.
a = tf.complex(tf.constant([[1.0, 2.0], [0.5, -1.0]]), tf.constant([[0.3, -0.7], [1.2, 0.4]]))
b = tf.complex(tf.constant([[2.0, -1.0], [1.5, 0.5]]), tf.constant([[0.1, 0.9], [-0.6, 0.2]]))
v = tf.complex(tf.constant([1.0, -2.0]), tf.constant([0.5, 0.25]))
with tf.GradientTape(persistent=True) as tape:
    tape.watch([a, b, v])
    left = tf.matmul(a, b, adjoint_a=True)
    right = tf.matmul(a, b, adjoint_b=True)
    turned = tf.matmul(a, b, transpose_a=True)
    vector = tf.linalg.matvec(a, v, adjoint_a=True)
print(tape.gradient(left, [a, b]))
print(tape.gradient(right, [a, b]))
print(tape.gradient(turned, [a, b]))
print(tape.gradient(vector, [a, v]))
