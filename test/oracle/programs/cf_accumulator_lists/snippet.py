# Lists (`tf.TensorArray`) of a function under an accumulator: what their gradients read is a variant, of which it has no tangents.
import tensorflow as tf

x = tf.constant([1.0, 2.0])
v = tf.Variable([1.0, 2.0])


def written(a):
    c = tf.TensorArray(tf.float32, size=2)
    c = c.write(0, a * a)
    c = c.write(1, tf.sin(a))
    return tf.reduce_sum(c.stack(), 0)

def linear(a):
    c = tf.TensorArray(tf.float32, size=2)
    c = c.write(0, a)
    c = c.write(1, a + 1.)
    return tf.reduce_sum(c.stack(), 0)

def read(a):
    c = tf.TensorArray(tf.float32, size=2)
    c = c.write(0, a)
    c = c.write(1, a * a)
    return c.read(0) + c.read(1)

def readlin(a):
    c = tf.TensorArray(tf.float32, size=1)
    c = c.write(0, a)
    return c.read(0)

def unstacked(a):
    c = tf.TensorArray(tf.float32, size=2).unstack(a)
    return c.read(0) * a

def unstack_stack(a):
    c = tf.TensorArray(tf.float32, size=2).unstack(a)
    return c.stack() * a

def concat(a):
    c = tf.TensorArray(tf.float32, size=2, element_shape=[2])
    c = c.write(0, a * a)
    c = c.write(1, tf.sin(a))
    return c.concat()

def gather(a):
    c = tf.TensorArray(tf.float32, size=2)
    c = c.write(0, a * a)
    c = c.write(1, tf.sin(a))
    return tf.reduce_sum(c.gather([0, 1]), 0)

def mappedlin(a):
    return tf.map_fn(lambda e: e * 2., a)

def iteratedlin(a):
    z = tf.zeros([])
    for e in a:
        z += e
    return z

def scanned(a):
    return tf.scan(lambda p, e: p + e, a)


f = tf.function(written)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = f(y)
        except TypeError:
            y = x * 2.0
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
h = accumulator.jvp(g)

f = tf.function(linear)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = f(y)
        except TypeError:
            y = x * 2.0
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
h = accumulator.jvp(g)

f = tf.function(read)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = f(y)
        except TypeError:
            y = x * 2.0
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
h = accumulator.jvp(g)

f = tf.function(readlin)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = f(y)
        except TypeError:
            y = x * 2.0
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
h = accumulator.jvp(g)

f = tf.function(unstacked)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = f(y)
        except TypeError:
            y = x * 2.0
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
h = accumulator.jvp(g)

f = tf.function(unstack_stack)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = f(y)
        except TypeError:
            y = x * 2.0
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
h = accumulator.jvp(g)

f = tf.function(concat)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = f(y)
        except TypeError:
            y = x * 2.0
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
h = accumulator.jvp(g)

f = tf.function(gather)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = f(y)
        except TypeError:
            y = x * 2.0
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
h = accumulator.jvp(g)

f = tf.function(mappedlin)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = f(y)
        except TypeError:
            y = x * 2.0
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
h = accumulator.jvp(g)

f = tf.function(iteratedlin)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = f(y)
        except TypeError:
            y = x * 2.0
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
h = accumulator.jvp(g)

f = tf.function(scanned)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 3.0
        try:
            y = f(y)
        except TypeError:
            y = x * 2.0
    g = tape.gradient(y, x)
j = accumulator.jvp(y)
h = accumulator.jvp(g)

f = tf.function(written)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x * 3.0)
        try:
            g = tape.gradient(y, x)
        except TypeError:
            g = x * x
    h = outer.gradient(g, x)

f = tf.function(linear)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x * 3.0)
        try:
            g = tape.gradient(y, x)
        except TypeError:
            g = x * x
    h = outer.gradient(g, x)

f = tf.function(unstack_stack)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x * 3.0)
        try:
            g = tape.gradient(y, x)
        except TypeError:
            g = x * x
    h = outer.gradient(g, x)
