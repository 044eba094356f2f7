import tensorflow as tf

x = tf.constant([1.0, -2.0])
one, two = tf.function(lambda v: v * 2.0 if tf.reduce_sum(v) > 0.0 else v * 3.0), tf.function(lambda v: v * v)
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = two(x)
    try:
        z = one(x)
    except Exception as error:
        print(type(error).__name__)
        z = tf.constant(1.0)
g = tape.gradient(y, x)
h = tape.gradient(z, x)


def steep(v):
    if tf.reduce_sum(v) > 0.0:
        return v * 2.0
    return v


pair = (tf.function(lambda v: steep(v)), tf.function(lambda w: steep(w)))
twins = (tf.function(lambda v: steep(v)), tf.function(lambda v: v + 1.0))
outer = tf.function(
    lambda v: (lambda w: steep(w))(v) + 1.0
)
many = tf.function(lambda v: sum([
    (lambda u: steep(u))(v),
    (lambda u: steep(u * 2.0))(v),
]))
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    a = pair[0](x)
    b = outer(x)
    c = many(x)
ga = tape.gradient(a, x)
gb = tape.gradient(b, x)
gc = tape.gradient(c, x)


@tf.function
def inner(v):
    f, g = (lambda w: w if tf.reduce_sum(w) > 0.0 else w * 3.0), (lambda w: w * 4.0)
    return f(v) + g(v)


with tf.GradientTape() as tape:
    tape.watch(x)
    d = inner(x)
gd = tape.gradient(d, x)
with tf.GradientTape() as tape:
    tape.watch(x)
    e = twins[0](x)
ge = tape.gradient(e, x)
