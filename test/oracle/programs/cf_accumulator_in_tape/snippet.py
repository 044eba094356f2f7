# A tape around an accumulator, and functions that are called inside of both.
import tensorflow as tf

x = tf.constant([1.0, 2.0])
c = tf.constant([3.0, 4.0])
v = tf.Variable([1.0, 2.0])


@tf.function
def f(a):
    return tf.exp(a * 0.3)


@tf.function
def product(a, b):
    return a * b


@tf.function
def two(a):
    return a * a, tf.sin(a)


@tf.function
def whole(a):
    return tf.cast(a, tf.int32)


@tf.function
def chosen(a):
    if tf.reduce_sum(a) > 100.0:
        a = a * a
    return a


with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        y = f(x * x)
    j = accumulator.jvp(y)
try:
    g = tape.gradient(j, x)
except Exception:
    g = None

with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        y = f(x * x)
    j = accumulator.jvp(y)
try:
    g = tape.gradient(y, x)
except Exception:
    g = None

with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        y = f(x)
    j = accumulator.jvp(y)
try:
    g = tape.gradient(j, x)
except Exception:
    g = None
try:
    g = tape.jacobian(j, x)
except Exception:
    g = None
try:
    g = tape.jacobian(j, x, experimental_use_pfor=False)
except Exception:
    g = None
try:
    g = tape.gradient(y, x)
except Exception:
    g = None

ones = tf.ones([2])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
        y = f(x)
    j = accumulator.jvp(y)
try:
    g = tape.gradient(j, x)
except Exception:
    g = None
try:
    g = tape.gradient(y, x)
except Exception:
    g = None

with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
        y = f(f(x))
    j = accumulator.jvp(y)
try:
    g = tape.gradient(y, x)
except Exception:
    g = None

with tf.GradientTape() as tape:
    tape.watch(v)
    with tf.autodiff.ForwardAccumulator(v, tf.ones_like(v)) as accumulator:
        y = f(v * v)
    j = accumulator.jvp(y)
try:
    g = tape.gradient(j, v)
except Exception:
    g = None

with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        y = product(x * x, x)
    j = accumulator.jvp(y)
try:
    g = tape.gradient(j, x)
except Exception:
    g = None

with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        y = two(x * x)[1]
    j = accumulator.jvp(y)
try:
    g = tape.gradient(j, x)
except Exception:
    g = None

with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        y = chosen(x * x)
    j = accumulator.jvp(y)
try:
    g = tape.gradient(j, x)
except Exception:
    g = None

with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        y = tf.cast(whole(x * x), tf.float32) * x
    j = accumulator.jvp(y)
try:
    g = tape.gradient(j, x)
except Exception:
    g = None

with tf.GradientTape() as tape:
    tape.watch(c)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        y = product(x * x, c)
    j = accumulator.jvp(y)
try:
    g = tape.gradient(j, c)
except Exception:
    g = None

with tf.GradientTape() as tape:
    tape.watch(c)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        y = product(x * x, c)
    j = accumulator.jvp(y)
try:
    g = tape.gradient(y, c)
except Exception:
    g = None

with tf.GradientTape() as first:
    first.watch(c)
    with tf.GradientTape() as second:
        second.watch(x)
        with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
            y = product(x * x, c)
        j = accumulator.jvp(y)
try:
    g = first.gradient(j, c)
except Exception:
    g = None

with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        u = x * x
        y = f(u)
    j = accumulator.jvp(u)
g = tape.gradient(j, x)

with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        u = x * x
        with tape.stop_recording():
            y = f(u)
    j = accumulator.jvp(y)
g = tape.gradient(j, x)

with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as outer:
        with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
            y = tf.sin(x)
        j = accumulator.jvp(y)
    k = outer.jvp(j)
try:
    g = tape.gradient(j, x)
except Exception:
    g = None
try:
    g = tape.gradient(k, x)
except Exception:
    g = None
g = tape.gradient(y, x)

with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = f(x * x)
        try:
            g = inner.gradient(y, x)
        except Exception:
            g = x

with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, ones) as accumulator:
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = f(x)
        g = inner.gradient(y, x)
    j = accumulator.jvp(g)
try:
    h = tape.gradient(j, x)
except Exception:
    h = None


@tf.function
def inside(a):
    with tf.GradientTape() as tape:
        tape.watch(a)
        with tf.autodiff.ForwardAccumulator(a, tf.ones_like(a)) as accumulator:
            y = f(a * a)
        j = accumulator.jvp(y)
    return tape.gradient(j, a)


g = inside(x)
