# Branches that leave the same tensor: the condition is an op all the same, and its output another tensor.
import tensorflow as tf
x = tf.constant([[-1.88, 1.63], [0.3, -2.32]])
w = tf.Variable([[0.5, 2.0], [1.5, -0.7]])

@tf.function
def assigned(a):
    c = a
    if tf.reduce_sum(a) > 0.0:
        c = a
    elif tf.size(a) > 2:
        c = c
    return c

@tf.function
def returned(a):
    return tf.cond(tf.reduce_sum(a) > 0.0, lambda: a, lambda: a)

@tf.function
def early(a):
    if tf.reduce_sum(a) > 0.0:
        return a
    else:
        return a

@tf.function
def variable(a):
    if tf.reduce_sum(a) > 0.0:
        c = w
    else:
        c = w
    return c * a

@tf.function
def listed(a):
    both = [a, a * a]
    if tf.reduce_sum(a) > 0.0:
        both[1] = both[0]
    return both[0] + both[1]

@tf.function
def inside(a):
    with tf.GradientTape(persistent=True) as t:
        t.watch(a)
        c = a * 2.0
        if tf.reduce_sum(a) > 0.0:
            d = c
        else:
            d = c
        y = d * d
    by_c = t.gradient(y, c)
    by_d = t.gradient(y, d)
    of_itself = t.gradient(d, d)
    c_by_d = t.gradient(c, d)
    print(c_by_d)
    by_a = t.gradient(y, a)
    return by_c, by_d, of_itself, by_a

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = assigned(x) * x
    g = t1.gradient(y, x)
    gw = t1.gradient(y, w)
print(t2.gradient(g, x))
print(t2.gradient(y, w))
print(t2.jacobian(y, x, experimental_use_pfor=False))
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = returned(x) * x
    g = t1.gradient(y, x)
    gw = t1.gradient(y, w)
print(t2.gradient(g, x))
print(t2.gradient(y, w))
print(t2.jacobian(y, x, experimental_use_pfor=False))
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = early(x) * x
    g = t1.gradient(y, x)
    gw = t1.gradient(y, w)
print(t2.gradient(g, x))
print(t2.gradient(y, w))
print(t2.jacobian(y, x, experimental_use_pfor=False))
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = variable(x) * x
    g = t1.gradient(y, x)
    gw = t1.gradient(y, w)
print(t2.gradient(g, x))
print(t2.gradient(y, w))
print(t2.jacobian(y, x, experimental_use_pfor=False))
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = listed(x) * x
    g = t1.gradient(y, x)
    gw = t1.gradient(y, w)
print(t2.gradient(g, x))
print(t2.gradient(y, w))
print(t2.jacobian(y, x, experimental_use_pfor=False))
print(inside(x))
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = assigned(tf.reduce_sum(x) * tf.constant([[0.69, 1.81, 0.66], [0.53, 0.47, 1.65]]))[:, :2]
    try:
        print(t1.jacobian(y, {'a': x, 'b': x}))
    except ValueError as e:
        print(e)
