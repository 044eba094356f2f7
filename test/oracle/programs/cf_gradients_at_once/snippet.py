# In a graph a function's gradient is made when it is asked for; under a persistent tape, or two, at once: one that is missing raises at the call.
import tensorflow as tf

x = tf.constant([1.0, 2.0])


def remainder(a):
    return tf.function(lambda b: tf.truncatemod(b, b * 2.0))(a)


@tf.function
def one(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = remainder(x)
        z = x * x
    return tape.gradient(z, x)


@tf.function
def persistent(x):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        z = x * x
        try:
            y = remainder(x)
        except LookupError:
            y = x * 3.0
    return tape.gradient(y, x)


@tf.function
def two(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            try:
                y = remainder(x)
            except LookupError:
                y = x * x
        g = tape.gradient(y, x)
    return outer.gradient(g, x)


print(one(x), persistent(x), two(x))
