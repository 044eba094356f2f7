import tensorflow as tf

x = tf.constant([[0.7, 2.0], [1.0, -1.0]])
w = tf.Variable([[0.5, 1.0], [2.0, -1.0]])


@tf.recompute_grad
def f(v):
    return tf.tanh(tf.matmul(v, w))


with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f(x)
    j = t1.jacobian(y, x)
    b = t1.batch_jacobian(y, x)
print(j, b)
print(t2.gradient(j, x))
print(t2.gradient(b, x))
print(t2.gradient(j, w))
