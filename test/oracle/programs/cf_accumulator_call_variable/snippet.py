# What a function that is called under an accumulator gives has a tangent, be it zeros: variables that it reads have zeros, too.
import tensorflow as tf
x1 = tf.Variable(1.48, name='x1')
x3 = tf.constant(1.3)
c = tf.constant(2.5)
F = [
 tf.function(lambda a: x1 + 0.0),
 tf.function(lambda a: x1 * 2.0),
 tf.function(lambda a: tf.switch_case(tf.size(a) - 1, [lambda: x1, lambda: x1])),
 tf.function(lambda a: tf.switch_case(tf.size(a) - 1, [lambda: x1 + 0.0, lambda: x1 * 2.0])),
 tf.function(lambda a: tf.cond(tf.size(a) > 0, lambda: x1, lambda: x1)),
 tf.function(lambda a: tf.cond(tf.size(a) > 0, lambda: x1 * 2.0, lambda: x1)),
 tf.function(lambda a: tf.cond(tf.cast(tf.size(a), tf.float32) > 0, lambda: x1 * 2.0, lambda: x1)),
 tf.function(lambda a: tf.cond(a > 0.0, lambda: x1 * 2.0, lambda: x1)),
 tf.function(lambda a: tf.switch_case(tf.cast(a, tf.int32) - 1, [lambda: x1, lambda: x1])),
 tf.function(lambda a: tf.cond(a > 0.0, lambda: c * 2.0, lambda: c)),
 tf.function(lambda a: tf.cond(tf.constant(1) > 0, lambda: c * 2.0, lambda: c)),
 tf.function(lambda a: tf.cond(tf.constant(1) > 0, lambda: x1, lambda: x1)),
 tf.function(lambda a: tf.identity(x1)),
 tf.function(lambda a: tf.while_loop(lambda i, v: i < 2, lambda i, v: (i + 1, v * x1), [0, c])[1]),
 tf.function(lambda a: tf.while_loop(lambda i, v: i < tf.size(a), lambda i, v: (i + 1, v * 2.0), [0, c])[1]),
]
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[0](x3 * 1.0)
j0 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[1](x3 * 1.0)
j1 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[2](x3 * 1.0)
j2 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[3](x3 * 1.0)
j3 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[4](x3 * 1.0)
j4 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[5](x3 * 1.0)
j5 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[6](x3 * 1.0)
j6 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[7](x3 * 1.0)
j7 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[8](x3 * 1.0)
j8 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[9](x3 * 1.0)
j9 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[10](x3 * 1.0)
j10 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[11](x3 * 1.0)
j11 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[12](x3 * 1.0)
j12 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[13](x3 * 1.0)
j13 = acc.jvp(y)
with tf.autodiff.ForwardAccumulator(x3, x3 * 0.5) as acc:
    y = F[14](x3 * 1.0)
j14 = acc.jvp(y)
