# Two accumulators over a function, and one inside of a function that is differentiated in its graph.
import tensorflow as tf

x = tf.constant([1.0, 2.0])


@tf.function
def square(a):
    return a * a


@tf.function
def jacobian(a):
    return tf.exp(a)


with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as outer:
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as inner:
        y = square(x * 3.0)
        z = jacobian(x)
    first = inner.jvp(y)
    of_z = inner.jvp(z)
second = outer.jvp(first)
second_of_z = outer.jvp(of_z)


def forward(a):
    with tf.autodiff.ForwardAccumulator(a, tf.ones_like(a)) as accumulator:
        b = tf.sin(a)
    return accumulator.jvp(b)


@tf.function
def differentiated(a):
    tangent = forward(a)
    g = tf.gradients(tangent, a)
    h = tf.gradients(g, a)
    return h[0]


@tf.function
def of_slices(a):
    y = tf.reduce_sum(tf.gather(a, [0, 0]))
    g = tf.gradients(y, a)
    try:
        h = tf.gradients(g, a)
    except RecursionError:
        h = g
    return tf.convert_to_tensor(h[0])


print(second, second_of_z, differentiated(x), of_slices(x))
