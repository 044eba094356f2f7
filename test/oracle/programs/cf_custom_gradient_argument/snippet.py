# A variable that is an argument and read inside as well: in a graph its gradient is asked for, eagerly it is not.
import tensorflow as tf

w = tf.Variable(1.08)
x = tf.constant([[1.61, 1.73, 0.56], [0.28, 0.77, 2.06]])


@tf.custom_gradient
def scaled(a):
    def grad(dy, variables=None):
        if variables is None:
            return dy * w
        return dy * w, [tf.reduce_sum(dy * a)]

    return a * w, grad


@tf.function
def in_graph(x):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = scaled(w)
    of_x = tape.gradient(y, x)
    return tape.gradient(y, w)


total = in_graph(x)
with tf.GradientTape(persistent=True) as tape:
    y = scaled(w)
eagerly = tape.gradient(y, w)
nothing = tape.gradient(y, x)
