# A `tf.recompute_grad` in a loop or a function of a graph: fine as long as no persistent tape and another one follow it.
import tensorflow as tf

x = tf.constant([1.0, 2.0])
soft = tf.recompute_grad(lambda v: tf.math.softplus(v))


def repeated(a):
    return tf.while_loop(lambda i, c: i < 2, lambda i, c: (i + 1, soft(c)), (0, a))[1]


@tf.function
def called(a):
    return soft(a)


@tf.function
def once(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = repeated(x) + called(x)
    return tape.gradient(y, x)


@tf.function
def persistent(x):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = repeated(x)
        z = called(x)
    of_y = tape.gradient(y, x)
    of_z = tape.gradient(z, x)
    return of_y + of_z


@tf.function
def twice(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = repeated(x)
        g = tape.gradient(y, x)
    return g


@tf.function
def around(x):
    with tf.GradientTape(persistent=True) as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = repeated(x)
        g = tape.gradient(y, x)
    return g


print(once(x))
print(persistent(x))
print(twice(x))
with tf.GradientTape() as tape:
    tape.watch(x)
    y = called(x)
h = tape.gradient(y, x)
try:
    print(around(x))
except NotImplementedError as error:
    print(error)
