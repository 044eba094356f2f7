import tensorflow as tf

x, w, unused = tf.Variable([0.5, 1.0]), tf.Variable(2.0), tf.Variable(1.0)


@tf.function
def branches(x):
    if tf.reduce_sum(x) > 0.0:
        return w * x ** 3
    else:
        return tf.sin(x)


with tf.GradientTape() as tape:
    y = branches(x)
print(tape.jacobian(y, [x, w, unused]))


@tf.function
def square(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tf.cond(tf.reduce_sum(x) > 0.0, lambda: tf.square(x), lambda: -x)
        g = inner.gradient(y, x)
    return outer.jacobian(g, x)


print(square(tf.constant([0.5, 1.0])))
