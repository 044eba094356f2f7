# Linear functions of what a loop reads out of a list: whether their second derivatives are None or zeros hangs on who watches where the list comes from.
import tensorflow as tf

x = tf.constant([1.0, 2.0])
v = tf.Variable([1.0, 2.0])


def loop(a):
    z = tf.zeros([])
    for e in a:
        z += e
    return z

def ta(a):
    c = tf.TensorArray(tf.float32, size=2).unstack(a)
    return tf.while_loop(lambda i, z: i < 2, lambda i, z: (i + 1, z + c.read(i)), (0, 0.))[1]

def plainwhile(a):
    return tf.while_loop(lambda i, z: i < 2, lambda i, z: (i + 1, z + a[i]), (0, 0.))[1]


f = tf.function(loop)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    g = tape.gradient(y, x)
h = outer.gradient(g, x)

f = tf.function(loop)
with tf.GradientTape() as outer:
    outer.watch(v)
    with tf.GradientTape() as tape:
        tape.watch(v)
        y = f(v)
    g = tape.gradient(y, v)
h = outer.gradient(g, v)

f = tf.function(loop)
with tf.GradientTape() as outer:
    outer.watch(v)
    with tf.GradientTape() as tape:
        tape.watch(v)
        y = f(v.read_value())
    g = tape.gradient(y, v)
h = outer.gradient(g, v)


@tf.function
def in_graph_loop(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = loop(x)
        g = tape.gradient(y, x)
    h = outer.gradient(g, x)
    first = tf.gradients(loop(x), x)
    k = tf.gradients(first, x)
    return g


in_graph_loop(x)

f = tf.function(ta)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    g = tape.gradient(y, x)
h = outer.gradient(g, x)

f = tf.function(lambda: ta(x))
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f()
    g = tape.gradient(y, x)
h = outer.gradient(g, x)

f = tf.function(ta)
with tf.GradientTape() as outer:
    outer.watch(v)
    with tf.GradientTape() as tape:
        tape.watch(v)
        y = f(v)
    g = tape.gradient(y, v)
h = outer.gradient(g, v)

f = tf.function(ta)
with tf.GradientTape() as outer:
    outer.watch(v)
    with tf.GradientTape() as tape:
        tape.watch(v)
        y = f(v.read_value())
    g = tape.gradient(y, v)
h = outer.gradient(g, v)

f = tf.function(lambda a: ta(a + 0.0))
with tf.GradientTape() as outer:
    outer.watch(v)
    with tf.GradientTape() as tape:
        tape.watch(v)
        y = f(v)
    g = tape.gradient(y, v)
h = outer.gradient(g, v)


@tf.function
def in_graph_ta(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = ta(x)
        g = tape.gradient(y, x)
    h = outer.gradient(g, x)
    first = tf.gradients(ta(x), x)
    k = tf.gradients(first, x)
    return g


in_graph_ta(x)

f = tf.function(plainwhile)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    g = tape.gradient(y, x)
h = outer.gradient(g, x)

f = tf.function(lambda: plainwhile(x))
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f()
    g = tape.gradient(y, x)
h = outer.gradient(g, x)

f = tf.function(plainwhile)
with tf.GradientTape() as outer:
    outer.watch(v)
    with tf.GradientTape() as tape:
        tape.watch(v)
        y = f(v)
    g = tape.gradient(y, v)
h = outer.gradient(g, v)

f = tf.function(plainwhile)
with tf.GradientTape() as outer:
    outer.watch(v)
    with tf.GradientTape() as tape:
        tape.watch(v)
        y = f(v.read_value())
    g = tape.gradient(y, v)
h = outer.gradient(g, v)

f = tf.function(lambda a: plainwhile(a + 0.0))
with tf.GradientTape() as outer:
    outer.watch(v)
    with tf.GradientTape() as tape:
        tape.watch(v)
        y = f(v)
    g = tape.gradient(y, v)
h = outer.gradient(g, v)


@tf.function
def in_graph_plainwhile(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = plainwhile(x)
        g = tape.gradient(y, x)
    h = outer.gradient(g, x)
    first = tf.gradients(plainwhile(x), x)
    k = tf.gradients(first, x)
    return g


in_graph_plainwhile(x)
