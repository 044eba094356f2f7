import tensorflow as tf

# A gradient that is not registered: what a vectorised Jacobian raises outside of a graph has passed AutoGraph, which can make only some kinds of exceptions anew.
x = tf.Variable([[1.0], [2.0], [3.0]])


def of(error):
    @tf.custom_gradient
    def f(a):
        def grad(dy):
            raise error("no gradient")

        return a * 2.0, grad

    return f


with tf.GradientTape(persistent=True) as t:
    z = x * 1.0
    with tf.GradientTape() as inner:
        inner.watch(z)
        y = tf.nn.softsign(z)
    g = inner.gradient(y, z)
    index = of(IndexError)(z)
    value = of(ValueError)(z)
print(t.jacobian(y, x))
try:
    print(t.gradient(g, x))
except LookupError as e:
    print("raised", type(e).__name__)
try:
    print(t.jacobian(g, x))
except Exception as e:
    print("raised", type(e).__name__)
try:
    print(t.batch_jacobian(g, z))
except Exception as e:
    print("raised", type(e).__name__)
try:
    print(t.jacobian(g, x, experimental_use_pfor=False))
except LookupError as e:
    print("raised", type(e).__name__)
try:
    print(t.gradient(index, x))
except IndexError as e:
    print("raised", type(e).__name__)
try:
    print(t.jacobian(index, x))
except Exception as e:
    print("raised", type(e).__name__)
try:
    print(t.jacobian(index, x, experimental_use_pfor=False))
except IndexError as e:
    print("raised", type(e).__name__)
try:
    print(t.jacobian(value, x))
except ValueError as e:
    print("raised", type(e).__name__)
with tf.GradientTape(persistent=True) as outer:
    try:
        h = t.jacobian(g, x)
    except LookupError:
        h = x
    except Exception:
        h = 2.0 * x
print(outer.gradient(h, x))


@tf.function
def traced():
    with tf.GradientTape(persistent=True) as t:
        z = x * 1.0
        with tf.GradientTape() as inner:
            inner.watch(z)
            y = tf.nn.softsign(z)
        g = inner.gradient(y, z)
    return t.jacobian(g, x)


@tf.function(autograph=False)
def traced_plainly():
    with tf.GradientTape(persistent=True) as t:
        z = x * 1.0
        with tf.GradientTape() as inner:
            inner.watch(z)
            y = tf.nn.softsign(z)
        g = inner.gradient(y, z)
    return t.jacobian(g, x)


try:
    print(traced())
except Exception as e:
    print("raised", type(e).__name__)
try:
    print(traced_plainly())
except LookupError as e:
    print("raised", type(e).__name__)
