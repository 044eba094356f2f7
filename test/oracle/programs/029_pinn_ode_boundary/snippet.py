import tensorflow as tf

w1 = tf.Variable([[0.3, -0.4, 0.9]])
b1 = tf.Variable([0.1, 0.0, -0.2])
w2 = tf.Variable([[0.5], [0.7], [-0.3]])


def net(x):
    return tf.matmul(tf.tanh(tf.matmul(x, w1) + b1), w2)


def g(x):
    return 1.0 + x * net(x)


xs = tf.reshape(tf.linspace(0.0, 1.0, 5), (-1, 1))
with tf.GradientTape() as tape:
    with tf.GradientTape() as t:
        t.watch(xs)
        u = g(xs)
    du = t.gradient(u, xs)
    loss = tf.reduce_mean((du - 2.0 * xs) ** 2)
dw1, db1, dw2 = tape.gradient(loss, [w1, b1, w2])
print(dw1.numpy(), db1.numpy(), dw2.numpy())
