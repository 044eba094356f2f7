import tensorflow as tf
x = tf.Variable([2.27, 1.0])
F = {}
F['plain'] = lambda a: tf.exp(a * 0.3)
F['cond'] = lambda a: tf.cond(tf.reduce_sum(a) > 100.0, lambda: a * a, lambda: a * 1.0)
F['cond_read'] = lambda a: (lambda b: tf.cond(tf.reduce_sum(b) > 100.0, lambda: b * b, lambda: b))(a.read_value())
F['cond_other'] = lambda a: tf.cond(tf.constant(True), lambda: tf.constant(1.0), lambda: tf.constant(2.0)) * a
F['while_'] = lambda a: tf.while_loop(lambda i, c: i < 2, lambda i, c: (i + 1, c * a), (0, a * 1.0))[1]
F['map'] = lambda a: tf.map_fn(lambda v: v * 2.0, a)
c = tf.constant([1.0, 2.0])
with tf.GradientTape() as t:
    t.watch(c)
    z = c * c
print(t.gradient(z, c))
for name in F:
    f = tf.function(F[name], autograph=False)
    with tf.autodiff.ForwardAccumulator(x, tf.ones([2])) as acc:
        try:
            y = f(x)
        except Exception:
            y = None
    print(name, y is None)
with tf.autodiff.ForwardAccumulator(x, tf.ones([2])) as acc:
    y = tf.function(F['cond'])(x)
    print(acc.jvp(y))
