import tensorflow as tf
# A gradient that raises leaves a tape without ops: it can be asked again, and has nothing to say.
x = tf.Variable([2.21, 0.79, 1.79])
c = tf.constant([1.0, 2.0, 3.0])


@tf.custom_gradient
def wrong(a):
    def grad(dy):
        return dy, dy
    return a * 2.0, grad


def again(f):
    try:
        return f()
    except Exception as e:
        print(type(e).__name__)
        return None


def recorded(persistent=False):
    with tf.GradientTape(persistent=persistent) as t:
        t.watch(c)
        y = tf.square(x) * c
        z = tf.reduce_sum(wrong(y))
    return t, y, z


t, y, z = recorded()
g1 = again(lambda: t.gradient(z, x))
g2 = again(lambda: t.gradient(y, x))
g3 = again(lambda: t.gradient(y, x))

t, y, z = recorded()
g1 = again(lambda: t.gradient(z, x))
g2 = again(lambda: t.gradient(y, [x, c, y]))

t, y, z = recorded()
g1 = again(lambda: t.gradient(z, x))
g2 = again(lambda: t.gradient([y, z], [y, z]))

t, y, z = recorded()
g1 = again(lambda: t.jacobian(z, x))
g2 = again(lambda: t.jacobian(y, x))

t, y, z = recorded(True)
g1 = again(lambda: t.gradient(z, x))
g2 = again(lambda: t.gradient(y, x))

# While it still records: what comes after is recorded, and ends where it began.
with tf.GradientTape() as t:
    t.watch(c)
    y = tf.square(x) * c
    z = wrong(y)
    g1 = again(lambda: t.gradient(z, x))
    w = y * 3.0
g2 = again(lambda: t.gradient(w, [x, y, c]))

# No gradient registered.
with tf.GradientTape() as t:
    y = tf.square(x)
    with tf.GradientTape() as s:
        z = tf.nn.softsign(x)
    g0 = s.gradient(z, x)
    w = tf.reduce_sum(g0) + tf.reduce_sum(y)
g1 = again(lambda: t.gradient(w, x))
g2 = again(lambda: t.gradient(y, x))

# What is refused before it begins has taken nothing.
with tf.GradientTape() as t:
    y = tf.square(x)
    z = tf.gather(x, [0])
g1 = again(lambda: t.gradient(None, x))
g2 = again(lambda: t.gradient(y, x))
