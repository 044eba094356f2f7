# Jacobians of no sources at all: an empty list, but in a graph without pfor an error.
import tensorflow as tf

x = tf.constant([1.0, 2.0])


def rows():
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * x
    return tape.jacobian(y, [])


def one_by_one():
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * x
    return tape.jacobian(y, [], experimental_use_pfor=False)


@tf.function
def traced():
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * x
    try:
        j = tape.jacobian(y, [], experimental_use_pfor=False)
    except ValueError:
        j = tape.gradient(y, x)
    return j


print(rows(), one_by_one(), tf.function(rows)(), traced())
