# Branches and loops that leave a tensor as it was, seen from a tape inside the function: what comes out is another tensor.
import tensorflow as tf
x = tf.constant([1.5, -0.5])
v = tf.Variable([2.0, 3.0])
@tf.function
def expression(a):
    with tf.GradientTape(persistent=True) as t:
        t.watch(a)
        c = a * 2.0
        d = c if tf.reduce_sum(a) > 0.0 else c
        y = d * d
    g1 = t.gradient(y, c)
    g2 = t.gradient(c, d)
    g3 = t.gradient(y, d)
    print(g1, g2, g3)
    return g1
@tf.function
def cases(a):
    with tf.GradientTape(persistent=True) as t:
        t.watch(a)
        c = a * 2.0
        d = tf.case([(tf.reduce_sum(a) > 0.0, lambda: c)], default=lambda: c)
        e = tf.switch_case(tf.cast(tf.reduce_sum(a), tf.int32), [lambda: c, lambda: c])
        y = d * e
    g1 = t.gradient(y, c)
    g2 = t.gradient(c, d)
    g3 = t.gradient(c, e)
    g4 = t.gradient(y, e)
    print(g1, g2, g3, g4)
    return g1
@tf.function
def variables(a):
    with tf.GradientTape(persistent=True) as t:
        t.watch(a)
        if tf.reduce_sum(a) > 0.0:
            w = v
        else:
            w = v
        y = w * a
    g1 = t.gradient(y, v)
    g2 = t.gradient(y, w)
    g3 = t.gradient(v, w)
    print(g1, g2, g3)
    return g1
@tf.function
def condvariables(a):
    with tf.GradientTape(persistent=True) as t:
        t.watch(a)
        w = tf.cond(tf.reduce_sum(a) > 0.0, lambda: v, lambda: v)
        y = w * a
    g1 = t.gradient(y, v)
    g2 = t.gradient(y, w)
    g3 = t.gradient(v, w)
    print(g1, g2, g3)
    return g1
@tf.function
def loops(a):
    with tf.GradientTape(persistent=True) as t:
        t.watch(a)
        c = a * 2.0
        d = c
        for i in tf.range(3):
            d = d
        e = c
        for i in range(3):
            e = e
        y = d * e
    g1 = t.gradient(y, c)
    g2 = t.gradient(c, d)
    g3 = t.gradient(c, e)
    print(g1, g2, g3)
    return g1
@tf.function
def one_side(a):
    with tf.GradientTape(persistent=True) as t:
        t.watch(a)
        c = a * 2.0
        d = c
        k = 3
        if tf.reduce_sum(a) > 0.0:
            d = d
            k = 3
        y = d * c * float(k)
    g1 = t.gradient(y, c)
    g2 = t.gradient(c, d)
    print(g1, g2)
    return g1
for f in [expression, cases, variables, condvariables, loops, one_side]:
    try:
        print(f(x))
    except Exception as e:
        print(f, type(e), e)
