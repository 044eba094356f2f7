# A condition's gradient makes its own copies of its constants: scaled by one, what goes in is not read, and a second derivative is None across the function's boundary.
import tensorflow as tf
x = tf.constant([[-0.59, 1.58, 2.21], [0.46, 0.53, 1.85]])
c = tf.constant(3.0)
@tf.function
def f(v):
    for i in tf.range(2):
        v = v * 2.0
    return v
@tf.function
def f2(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: v * 2.0, lambda: v - 2.0)
@tf.function
def f3(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: v * c, lambda: v - 2.0)
@tf.function
def f4(v):
    d = tf.constant(2.0)
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: v * d, lambda: v - 2.0)
@tf.function
def f5(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: tf.cond(tf.reduce_sum(v) > 5.0, lambda: v * 3.0, lambda: v * 2.0), lambda: v - 2.0)
@tf.function
def f6(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: v * tf.ones([3]), lambda: v - 2.0)
@tf.function
def f7(v):
    d = tf.constant([2.0, 1.0, 3.0])
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: v * d, lambda: v / 2.0)
@tf.function
def f8(v):
    return tf.while_loop(lambda i, w: i < 2, lambda i, w: (i + 1, tf.cond(tf.reduce_sum(w) > 0.0, lambda: w * 2.0, lambda: w)), [0, v])[1]
@tf.function
def f9(v):
    return tf.switch_case(tf.constant(1), [lambda: v * 2.0, lambda: v * 3.0, lambda: v])
@tf.function
def f10(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: (tf.constant(2.0), v)[1] * tf.constant(2.0), lambda: v)
@tf.function
def f11(v):
    a, b = tf.cond(tf.reduce_sum(v) > 0.0, lambda: (lambda d: (v * d, d))(tf.constant(2.0)), lambda: (v, 1.0))
    return a
@tf.function
def g1(v):
    return f2(v) * 1.5
@tf.function
def g2(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: f(v), lambda: v)
@tf.function
def g3(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: v @ tf.constant([[1.0], [2.0], [3.0]]), lambda: tf.reduce_sum(v, 1, keepdims=True))
@tf.function
def g4(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: tf.gather(v, [0, 1]) * tf.constant(2.0), lambda: tf.reshape(v, [2, 3]))

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f2(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f3(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f4(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f5(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f6(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f7(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f8(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f9(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f10(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f11(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = g1(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = g2(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = g3(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = g4(x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x)
