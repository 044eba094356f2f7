# Output gradients of another shape than the target, in a graph: some are found when it is traced, some when it runs, some never.
import tensorflow as tf
x = tf.constant([[1., 2., 3.], [4., 5., 6.]])
bad = tf.ones([2, 3])
@tf.function
def f(x, use):
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = x * 2.0
        z = y[0]
    g = t.gradient(z, x, output_gradients=bad)
    print(g)
    return g if use else y
for use in [False, True]:
    try:
        print(f(x, use))
    except Exception as e:
        print(type(e), str(e)[:300])
@tf.function
def g(x, use):
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = x * 2.0
        z = tf.reduce_sum(y, 0)
    g = t.gradient(z, x, output_gradients=tf.ones([2]))
    print(g)
    return g if use else y
for use in [False, True]:
    try:
        print(g(x, use))
    except Exception as e:
        print(type(e), str(e)[:300])
@tf.function
def h(x, use):
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        z = tf.concat([x[:1], x], 0)
    g = t.gradient(z, x, output_gradients=tf.ones([2, 3]))
    print(g)
    return g if use else x
for use in [False, True]:
    try:
        print(h(x, use))
    except Exception as e:
        print(type(e), str(e)[:300])
