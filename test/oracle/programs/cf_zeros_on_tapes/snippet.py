# Zeros that come in place of None are made like the source: a tape around knows them, and a variable counts as read.
import tensorflow as tf

x = tf.constant([1.0, 2.0])
w = tf.constant([1.0, 2.0])
v = tf.Variable([3.0, 4.0])
fixed = tf.Variable([3.0, 4.0], trainable=False)
unwatched = tf.constant([5.0, 6.0])
ZERO = tf.UnconnectedGradients.ZERO

with tf.GradientTape(persistent=True) as outer:
    outer.watch(x)
    with tf.GradientTape(persistent=True) as inner:
        inner.watch([x, w])
        y = tf.reduce_sum(w * w)
    of_watched = inner.gradient(y, x, unconnected_gradients=ZERO)
    of_variable = inner.gradient(y, v, unconnected_gradients=ZERO)
    of_fixed = inner.gradient(y, fixed, unconnected_gradients=ZERO)
    of_unwatched = inner.gradient(y, unwatched, unconnected_gradients=ZERO)
    connected = inner.gradient(y, w, unconnected_gradients=ZERO)
    rows = inner.jacobian(y, x, unconnected_gradients=ZERO)
    rows_of_variable = inner.jacobian(y, v, unconnected_gradients=ZERO)
    doubled = [2.0 * g for g in (of_watched, of_variable, of_fixed, of_unwatched)]
print([one.name for one in outer.watched_variables()])
a1 = outer.jacobian(of_watched, of_watched)
a2 = outer.jacobian(of_variable, of_variable)
a3 = outer.jacobian(of_fixed, of_fixed)
a4 = outer.jacobian(of_unwatched, of_unwatched)
a5 = outer.jacobian(connected, connected)
a6 = outer.jacobian(rows, rows)
a7 = outer.jacobian(rows_of_variable, rows_of_variable)
b1 = outer.gradient(doubled[0], of_watched)
b2 = outer.gradient(doubled[1], of_variable)
b3 = outer.gradient(doubled[2], of_fixed)
b4 = outer.gradient(doubled[3], of_unwatched)
c1 = outer.gradient(doubled[0], x)
c2 = outer.gradient(doubled[1], v)

with tf.GradientTape(persistent=True) as outer:
    outer.watch(x)
    with tf.autodiff.ForwardAccumulator(x, x) as accumulator:
        y = tf.reduce_sum(w * w)
    tangent = accumulator.jvp(y, unconnected_gradients=ZERO)
    of_variable = accumulator.jvp(v, unconnected_gradients=ZERO)
    of_x = accumulator.jvp(x * 2.0, unconnected_gradients=ZERO)
d1 = outer.jacobian(tangent, tangent)
d2 = outer.jacobian(of_variable, of_variable)
d3 = outer.jacobian(of_x, of_x)

with tf.GradientTape(persistent=True) as tape:
    tape.watch([x, w])
    y = tf.reduce_sum(w * w)
    inside = tape.gradient(y, x, unconnected_gradients=ZERO)
    inside_of_variable = tape.gradient(y, v, unconnected_gradients=ZERO)
    twice = inside * 2.0
    twice_of_variable = inside_of_variable * 2.0
e1 = tape.gradient(twice, inside)
e2 = tape.gradient(twice_of_variable, inside_of_variable)
e3 = tape.jacobian(inside, inside)


@tf.function
def traced(x):
    with tf.GradientTape(persistent=True) as outer:
        outer.watch(x)
        with tf.GradientTape(persistent=True) as inner:
            inner.watch([x, w])
            y = tf.reduce_sum(w * w)
        of_watched = inner.gradient(y, x, unconnected_gradients=ZERO)
        of_variable = inner.gradient(y, v, unconnected_gradients=ZERO)
        of_both = tf.gradients(y, [x, v], unconnected_gradients=ZERO)
        doubled = [2.0 * g for g in (of_watched, of_variable, of_both[0], of_both[1])]
    f1 = outer.gradient(doubled[0], of_watched)
    f2 = outer.gradient(doubled[1], of_variable)
    f3 = outer.gradient(doubled[2], of_both[0])
    f4 = outer.gradient(doubled[3], of_both[1])
    f5 = tf.gradients(doubled[0], of_watched)
    f6 = tf.gradients(doubled[2], of_both[0])
    return f1


traced(x)
