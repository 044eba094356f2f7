# What a tape sees of an accumulator's work: only where the tape was opened first.
import tensorflow as tf

x = tf.constant([1.0, 2.0])
ones = tf.ones([2])


@tf.function
def f(a):
    return tf.exp(a * 0.3)


with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * x
        j = accumulator.jvp(y)
    g = tape.gradient(j, x)

with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
        y = x * x
        j = accumulator.jvp(y)
g = tape.gradient(j, x)

with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        j = accumulator.jvp(f(x))
    g = tape.gradient(j, x)

with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = f(x * x)
        j = accumulator.jvp(y)
    g = tape.gradient(j, x)
    h = tape.gradient(y, x)

with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        u = x * x
        v = accumulator.jvp(u)
        tape.watch(v)
        y = f(u)
        j = accumulator.jvp(y)
    try:
        g = tape.gradient(j, x)
    except Exception:
        g = None
    try:
        g = tape.gradient(j, v)
    except Exception:
        g = None
    try:
        g = tape.gradient(y, x)
    except Exception:
        g = None

with tf.GradientTape(persistent=True) as outer:
    outer.watch(x)
    with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            u = x * x
            y = f(u)
            k = accumulator.jvp(u)
        g = tape.gradient(u, x)
        j = accumulator.jvp(g)
    try:
        h = tape.gradient(y, x)
    except Exception:
        h = None
a = tape.gradient(k, x)
b = outer.gradient(k, x)
c = outer.gradient(g, x)
d = outer.gradient(j, x)
e = tape.gradient(g, x)

tape = tf.GradientTape(persistent=True)
with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
    with tape:
        tape.watch(x)
        y = x * x
    j = accumulator.jvp(y)
g = tape.gradient(j, x)

with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
        with tape.stop_recording():
            z = x * 2.0
        y = x * x
        j = accumulator.jvp(y)
g = tape.gradient(j, x)
h = tape.gradient(y, x)

accumulator = tf.autodiff.ForwardAccumulator(x, ones)
with tf.GradientTape() as tape:
    tape.watch(x)
    with accumulator:
        y = x * x
    j = accumulator.jvp(y)
g = tape.gradient(j, x)

with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, x * 3.0) as accumulator:
        y = x * x
    j = accumulator.jvp(y)
    k = accumulator.jvp(x)
g = tape.gradient(j, x)
h = tape.gradient(k, x)

with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
        y = x * x
        g = tape.gradient(y, x)
        j = accumulator.jvp(g)
h = tape.gradient(g, x)
i = tape.gradient(j, x)

with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
        with tf.GradientTape(persistent=True) as inner:
            inner.watch(x)
            y = x * x * x
            g = inner.gradient(y, x)
            j = accumulator.jvp(g)
a = tape.gradient(j, x)
b = inner.gradient(j, x)
c = inner.gradient(g, x)

with tf.autodiff.ForwardAccumulator(x, ones) as first:
    with tf.GradientTape() as tape:
        tape.watch(x)
        with tf.autodiff.ForwardAccumulator(x, ones) as second:
            y = x * x * x
        j = second.jvp(y)
    k = first.jvp(j)
    g = tape.gradient(j, x)
h = first.jvp(g)

with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * x
        tape.reset()
        tape.watch(x)
        z = x * y
    j = accumulator.jvp(z)
    g = tape.gradient(z, x)
h = accumulator.jvp(g)


@tf.function
def inside(a):
    with tf.autodiff.ForwardAccumulator(a, tf.ones_like(a)) as accumulator:
        with tf.GradientTape() as tape:
            tape.watch(a)
            y = a * a
            j = accumulator.jvp(y)
    return tape.gradient(j, a)


g = inside(x)


@tf.function
def calls_inside(a):
    with tf.autodiff.ForwardAccumulator(a, tf.ones_like(a)) as accumulator:
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(a)
            y = f(a * a)
            j = accumulator.jvp(y)
    p = tape.gradient(j, a)
    q = tape.gradient(y, a)
    return q


calls_inside(x)


@tf.function
def tape_outside(a):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(a)
        with tf.autodiff.ForwardAccumulator(a, tf.ones_like(a)) as accumulator:
            y = f(a * a)
        j = accumulator.jvp(y)
    return tape.gradient(y, a)


tape_outside(x)
