import tensorflow as tf
@tf.function
def by_break(x):
    y = x
    for i in range(4):
        y = y * x
        if y > 10.0:
            break
    return y

@tf.function
def by_while(x):
    y, n = x, 0
    while n < 5:
        y = y * x
        n += 1
        if y > 10.0:
            break
    return y

@tf.function
def becomes_tensor(x):
    y, n = x, 0
    while n < 5:
        y = y * x
        n = n + tf.constant(1)
    return y

@tf.function
def by_return(x):
    y = x
    for i in range(4):
        y = y * x
        if y > 10.0:
            return y
    return y * 2.0

@tf.function
def by_return_in_op(x):
    y = x
    for i in tf.range(4):
        y = y * x
        if y > 10.0:
            return y
    return y * 2.0

@tf.function
def goes_on(x):
    y = x
    for i in range(4):
        if y > 10.0:
            continue
        y = y * x
    return y

@tf.function
def lacks_return(x):
    if x > 1.0:
        return x * x

@tf.function
def asserts(x):
    assert x > 0.0, "positive"
    return x * x

@tf.function
def enumerates(x):
    y = 0.0
    for i, v in enumerate(tf.stack([x, 2.0 * x])):
        y += v
    return y

x = tf.Variable(2.0)
for f in (by_break, by_while, becomes_tensor, by_return, by_return_in_op, goes_on, lacks_return, asserts, enumerates):
    pass

with tf.GradientTape(persistent=True) as tape:
    try:
        a = by_break(x)
    except NotImplementedError:
        a = x * 1.0
    try:
        b = by_while(x)
    except NotImplementedError:
        b = x * 2.0
    try:
        c = becomes_tensor(x)
    except NotImplementedError:
        c = tf.stop_gradient(x)
    try:
        d = by_return(x)
    except ValueError:
        d = tf.stop_gradient(x)
    try:
        e = by_return_in_op(x)
    except NotImplementedError:
        e = tf.stop_gradient(x)
    g = goes_on(x)
    try:
        h = lacks_return(x)
    except ValueError:
        h = tf.stop_gradient(x)
    try:
        k = asserts(x)
    except TypeError:
        k = tf.stop_gradient(x)
    try:
        l = enumerates(x)
    except TypeError:
        l = tf.stop_gradient(x)
print(tape.gradient(a, x))
print(tape.gradient(b, x))
print(tape.gradient(c, x))
print(tape.gradient(d, x))
print(tape.gradient(e, x))
print(tape.gradient(g, x))
print(tape.gradient(h, x))
print(tape.gradient(k, x))
print(tape.gradient(l, x))
