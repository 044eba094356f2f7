import tensorflow as tf

u, v, w = (tf.Variable(float(n)) for n in (1, 2, 3))
one = tf.constant(1.0)


def refused(optimizer, first, then):
    optimizer.apply_gradients(first)
    try:
        optimizer.apply_gradients(then)
    except KeyError:
        return True
    return False


strange = refused(tf.keras.optimizers.SGD(0.1), [(one, u)], [(one, v)])
with tf.GradientTape() as tape:
    y = u * v if strange else u + w
of_strange = tape.gradient(y, [u, v, w])

# A variable without a gradient counts, and so does one that it was built for; an optimizer of before takes any.
with_none = refused(tf.keras.optimizers.Adam(0.1), [(one, u), (None, v)], [(one, v)])
built = tf.keras.optimizers.Adam(0.1)
built.build([u, v])
after_build = refused(built, [(one, u)], [(one, v)])
legacy = refused(tf.keras.optimizers.legacy.SGD(0.1), [(one, u)], [(one, v)])
empty = refused(tf.keras.optimizers.SGD(0.1), [], [(one, v)])
with tf.GradientTape() as tape:
    y = u * v if with_none or after_build or legacy or empty else w * w
of_known = tape.gradient(y, [u, v, w])

# In a function too.
optimizer = tf.keras.optimizers.RMSprop(0.1)


@tf.function
def step(variable):
    with tf.GradientTape() as inner:
        loss = w * variable
    optimizer.apply_gradients([(inner.gradient(loss, variable), variable)])
    return loss


step(u)
try:
    step(v)
    y = None
except KeyError:
    with tf.GradientTape() as tape:
        y = v**2
    of_refused = tape.gradient(y, v)
