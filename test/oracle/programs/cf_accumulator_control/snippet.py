# A condition or a loop inside a function, gradients of it, and an accumulator that follows along.
import tensorflow as tf

x = tf.constant([1.0, 2.0])
v = tf.Variable([1.0, 2.0])


@tf.function(autograph=False)
def chosen(a):
    return tf.cond(tf.reduce_sum(a) > 0.0, lambda: tf.math.softplus(a), lambda: a)


@tf.function(autograph=False)
def repeated(a):
    return tf.while_loop(lambda i, c: i < 2, lambda i, c: (i + 1, tf.sin(c)), (0, a))[1]


@tf.function(autograph=False)
def plain(a):
    return tf.sin(a)


with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = chosen(x * 3.0)
    one = tape.gradient(y, x)
forward = accumulator.jvp(y)
mixed = accumulator.jvp(one)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = chosen(x * 3.0)
        try:
            two = tape.gradient(y, x)
        except TypeError:
            two = x
    three = outer.gradient(two, x)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as outer:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = chosen(x * 3.0)
        try:
            four = tape.gradient(y, x)
        except TypeError:
            four = x

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = chosen(x * 3.0)
        try:
            five = tape.gradient(y, x)
        except TypeError:
            five = x
    six = tape.gradient(y, x)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = repeated(y)
        except TypeError:
            pass
    seven = tape.gradient(y, x)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        y = repeated(v * 3.0)
    eight = tape.gradient(y, v)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = plain(x * 3.0)
        ten = tape.gradient(y, x)
    eleven = outer.gradient(ten, x)


@tf.function(autograph=False)
def deeper(a):
    return tf.cond(tf.reduce_sum(a) > 0.0, lambda: tf.sin(tf.sin(a)), lambda: a)


@tf.function(autograph=False)
def linear(a):
    b = tf.cond(tf.reduce_sum(a) > 0.0, lambda: a + a, lambda: a)
    return tf.while_loop(lambda i, c: i < 2, lambda i, c: (i + 1, c + b), (0, b))[1]


@tf.function(autograph=False)
def taken_in(a):
    return tf.while_loop(lambda i, c: i < 2, lambda i, c: (i + 1, c + a * a), (0, a))[1]


with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = deeper(y)
        except TypeError:
            pass
    twelve = tape.gradient(y, x)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = linear(x * 3.0)
        thirteen = tape.gradient(y, x)
fourteen = outer.gradient(thirteen, x)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = taken_in(x * 3.0)
        try:
            fifteen = tape.gradient(y, x)
        except TypeError:
            fifteen = None


@tf.function
def constant(a):
    if tf.reduce_max(a) > 0.2:
        return tf.exp(tf.constant(1.05) * 0.3)
    return tf.math.ceil(a)


# What does not come from its input has no part in the function's gradient, which then reads nothing of the condition.
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x / (constant(x * 2.0) + 3.7)
    sixteen = tape.gradient(y, x)
