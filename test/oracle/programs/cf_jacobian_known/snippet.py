# A Jacobian that depends on nothing is still known to the tapes that know its target.
import tensorflow as tf

x = tf.constant([1.0, 2.0])
w = tf.constant([3.0, 4.0])

with tf.GradientTape(persistent=True) as outer:
    outer.watch(x)
    u = x * x
    with tf.GradientTape(persistent=True) as inner:
        inner.watch(u)
        y = u * 2.0
    a = inner.jacobian(u, u)
    b = inner.jacobian(y, u)
    c = inner.batch_jacobian(y[:, None] * tf.ones([2, 1]), u[:, None])
    d = inner.gradient(y, u)
    e = inner.jacobian(y, w)
    f = inner.jacobian(y, u, experimental_use_pfor=False)
    p = tf.reduce_sum(a * a)
    q = tf.reduce_sum(b * b)
    r = tf.reduce_sum(d * d)
    s = tf.reduce_sum(f * f)
one = outer.gradient(p, a)
two = outer.gradient(q, b)
three = outer.gradient(r, d)
four = outer.gradient(p, x)
five = outer.gradient(q, x)
six = outer.gradient(s, f)

with tf.GradientTape(persistent=True) as other:
    other.watch(w)
    with tf.GradientTape(persistent=True) as inner:
        inner.watch(x)
        y = x * 2.0
    a = inner.jacobian(y, x)
    p = tf.reduce_sum(a * a)
    with tf.GradientTape(persistent=True) as inner:
        inner.watch(x)
        y = x * w
    b = inner.jacobian(y, x)
    q = tf.reduce_sum(b * b)
seven = other.gradient(p, a)
eight = other.gradient(q, b)
nine = other.gradient(q, w)
