# As in cf_one_tape, of loops: what a loop takes in passes through it as an output of its own, what it makes inside does not.
import tensorflow as tf

w = tf.Variable(1.98)
v = tf.Variable(0.5)
x = tf.constant([0.69, 1.25, 1.16])
c = tf.constant([1.41, 1.78, 1.74])
called = tf.function(lambda y: tf.math.squared_difference(y * c, w * c) * y)


def loop(body):
    return lambda start: tf.while_loop(lambda i, y: i < 2, lambda i, y: (i + 1, body(y)), (0, start))[1]


@tf.function
def reads_capture(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(loop(lambda y: tf.math.squared_difference(y * c, w * c) * y)(x), x)[0])
    return [g for g in tape.gradient(z, [w, v, x]) if g is not None]


@tf.function
def linear(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(loop(lambda y: y * 2.0)(x), x)[0])
    return [g for g in tape.gradient(z, [w, v, x]) if g is not None]


@tf.function
def by_weight(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(loop(lambda y: y * w)(x), x)[0])
    return [g for g in tape.gradient(z, [w, v, x]) if g is not None]


@tf.function
def adds(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(loop(lambda y: y + w + v)(x), x)[0])
    return [g for g in tape.gradient(z, [w, v, x]) if g is not None]


@tf.function
def both(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(loop(lambda y: y * w + v)(x), x)[0])
    return [g for g in tape.gradient(z, [w, v, x]) if g is not None]


@tf.function
def calls(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(loop(lambda y: called(y))(x), x)[0])
    return [g for g in tape.gradient(z, [w, v, x]) if g is not None]


@tf.function
def after(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(loop(lambda y: y * w)(x) * x, x)[0])
    return [g for g in tape.gradient(z, [w, v, x]) if g is not None]


@tf.function
def before(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(loop(lambda y: y * w)(x * w), x)[0])
    return [g for g in tape.gradient(z, [w, v, x]) if g is not None]


@tf.function
def captured(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(loop(lambda y: y * x)(tf.ones_like(x)), x)[0])
    return [g for g in tape.gradient(z, [w, v, x]) if g is not None]


@tf.function
def sine(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(loop(tf.sin)(x), x)[0])
    return [g for g in tape.gradient(z, [w, v, x]) if g is not None]


for function in [reads_capture, linear, by_weight, adds, both, calls, after, before, captured, sine]:
    function(x)
