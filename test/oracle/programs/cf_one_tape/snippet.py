# tf.gradients asks for the first derivative, a tape for the second: in a graph a call's or a condition's inside is only shown
# to tapes that may ask twice.
import tensorflow as tf

w = tf.Variable(1.98)
x = tf.constant([0.69, 1.25, 1.16])
c = tf.constant([1.41, 1.78, 1.74])


def inner(x):
    return tf.math.squared_difference(x * c, w * c) * x


called = tf.function(inner)


def conditional(x):
    return tf.cond(tf.reduce_sum(x) > 0.5, lambda: inner(x), lambda: x)


def nested(x):
    return tf.cond(tf.reduce_sum(x) > 0.5, lambda: called(x), lambda: x)


def looped(x):
    return tf.while_loop(lambda i, y: i < 2, lambda i, y: (i + 1, inner(y)), (0, x))[1]


@tf.function
def one_tape(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = called(x)
        z = tf.sin(tf.gradients(y, x)[0])
    return tape.gradient(z, [w, x], unconnected_gradients="zero")


@tf.function
def one_tape_condition(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = conditional(x)
        z = tf.sin(tf.gradients(y, x)[0])
    of_w, of_x = tape.gradient(z, [w, x])
    return of_x


@tf.function
def one_tape_nested(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = nested(x)
        z = tf.sin(tf.gradients(y, x)[0])
    of_w, of_x = tape.gradient(z, [w, x])
    return z


@tf.function
def one_tape_loop(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = looped(x)
        z = tf.sin(tf.gradients(y, x)[0])
    of_w, of_x = tape.gradient(z, [w, x])
    return of_x


@tf.function
def persistent_tape(x):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = called(x)
        z = tf.sin(tf.gradients(y, x)[0])
    of_w, of_x = tape.gradient(z, [w, x])
    return of_x


@tf.function
def persistent_tape_condition(x):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = conditional(x)
        z = tf.sin(tf.gradients(y, x)[0])
    of_w, of_x = tape.gradient(z, [w, x])
    return of_x


@tf.function
def two_tapes(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as other:
            y = conditional(x)
        z = tf.sin(tf.gradients(y, x)[0])
    of_w, of_x = outer.gradient(z, [w, x])
    return of_x


@tf.function
def other_tape_sees_nothing(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape(watch_accessed_variables=False) as other:
            y = called(x)
        z = tf.sin(tf.gradients(y, x)[0])
    of_w, of_x = outer.gradient(z, [w, x])
    return z


@tf.function
def two_orders_on_tapes(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = conditional(x)
        g = tape.gradient(y, x)
    of_w, of_x = outer.gradient(g, [w, x])
    return of_x


for function in [one_tape, one_tape_condition, one_tape_nested, one_tape_loop, persistent_tape, persistent_tape_condition, two_tapes,
                 other_tape_sees_nothing, two_orders_on_tapes]:
    try:
        function(x)
    except (TypeError, ValueError):
        pass
