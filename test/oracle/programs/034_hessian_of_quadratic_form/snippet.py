import tensorflow as tf

A = tf.constant([[2.0, 0.5], [0.5, 1.0]])
b = tf.constant([1.0, -1.0])
x = tf.Variable([0.3, 0.7])

with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        f = 0.5 * tf.tensordot(x, tf.linalg.matvec(A, x), axes=1) - tf.tensordot(b, x, axes=1)
    g = t1.gradient(f, x)
H = t2.jacobian(g, x)
print(tf.linalg.eigvalsh(H))
