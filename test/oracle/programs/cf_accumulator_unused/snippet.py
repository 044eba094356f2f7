# A condition or a loop inside a function that no gradient goes through, and an accumulator that follows along.
import tensorflow as tf

x = tf.constant([1.0, 2.0])


@tf.function(autograph=False)
def unused(a):
    b = tf.cond(tf.reduce_sum(a) > 0.0, lambda: tf.sin(tf.sin(a)), lambda: a)
    return tf.exp(a)


@tf.function(autograph=False)
def compared(a):
    b = tf.cond(tf.reduce_sum(a) > 0.0, lambda: tf.sin(tf.sin(a)), lambda: a)
    return tf.where(b > 0.5, a, a * a)


@tf.function(autograph=False)
def stopped(a):
    b = tf.while_loop(lambda i, c: i < 2, lambda i, c: (i + 1, tf.sin(c)), (0, a))[1]
    return tf.stop_gradient(b) * a


@tf.function(autograph=False)
def calls_unused(a):
    return unused(a) * 2.0


@tf.function(autograph=False)
def used(a):
    return tf.cond(tf.reduce_sum(a) > 0.0, lambda: tf.sin(tf.sin(a)), lambda: a)


@tf.function(autograph=False)
def calls_used(a):
    return used(a) * 2.0


@tf.function(autograph=False)
def calls_and_leaves(a):
    b = used(a)
    return a * 2.0


@tf.function(autograph=False)
def beside(a):
    return a * 2.0, tf.cond(tf.reduce_sum(a) > 0.0, lambda: tf.sin(tf.sin(a)), lambda: a)


with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = unused(y)
        except TypeError:
            pass
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
k = accumulator.jvp(g)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = compared(y)
        except TypeError:
            pass
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
k = accumulator.jvp(g)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = stopped(y)
        except TypeError:
            pass
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
k = accumulator.jvp(g)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = calls_unused(y)
        except TypeError:
            pass
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
k = accumulator.jvp(g)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = used(y)
        except TypeError:
            pass
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
k = accumulator.jvp(g)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = calls_used(y)
        except TypeError:
            pass
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
k = accumulator.jvp(g)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = calls_and_leaves(y)
        except TypeError:
            pass
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
k = accumulator.jvp(g)

with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = beside(y)[0]
        except TypeError:
            pass
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
k = accumulator.jvp(g)


with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = unused(x * 3.0)
        g = tape.gradient(y, x)
    h = outer.gradient(g, x)
