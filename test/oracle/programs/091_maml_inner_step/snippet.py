import tensorflow as tf

w = tf.Variable([0.5, -0.5])
x_support = tf.constant([[1.0, 2.0], [0.0, 1.0]])
y_support = tf.constant([1.0, 0.0])
x_query = tf.constant([[2.0, 1.0]])
y_query = tf.constant([0.5])


def loss_fn(params, x, y):
    return tf.reduce_mean((tf.linalg.matvec(x, params) - y) ** 2)


with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        l = loss_fn(w, x_support, y_support)
    g = inner.gradient(l, w)
    adapted = w - 0.1 * g
    meta_loss = loss_fn(adapted, x_query, y_query)
print(outer.gradient(meta_loss, w).numpy())
