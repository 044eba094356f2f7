# An accumulator over a variable, in a graph: it follows what is read of the variable, not a function that the variable itself goes into.
import tensorflow as tf

v = tf.Variable([1.0, 2.0])
doubled = tf.function(lambda a: a * 2.0, autograph=False)
squared = tf.function(lambda: v * v, autograph=False)
chosen = tf.function(lambda a: tf.cond(tf.constant(True), lambda: a * 2.0, lambda: a), autograph=False)


@tf.function
def inside():
    with tf.autodiff.ForwardAccumulator(v, tf.ones([2])) as accumulator:
        direct = v * 2.0
        of_read = doubled(v * 1.0)
        of_variable = doubled(v)
        captured = squared()
        condition = chosen(v)
        condition_of_read = chosen(v * 1.0)
    a = accumulator.jvp(direct)
    b = accumulator.jvp(of_read)
    c = accumulator.jvp(of_variable)
    d = accumulator.jvp(captured)
    e = accumulator.jvp(condition)
    f = accumulator.jvp(condition_of_read)
    return direct


inside()
with tf.autodiff.ForwardAccumulator(v, tf.ones([2])) as accumulator:
    eagerly = squared()
tangent = accumulator.jvp(eagerly)
