import tensorflow as tf

x = tf.constant([0.7, 2.0])
w = tf.Variable([0.5, -1.5], name="w")

@tf.recompute_grad
def f(v):
    return tf.reduce_sum(tf.sin(v * w) ** 2)

try:
    with tf.GradientTape(persistent=True) as t0:
        t0.watch(x)
        z = f(x)
    print(t0.jacobian(z, x))
except Exception as e:
    print(type(e).__name__)
try:
    with tf.GradientTape(persistent=True) as t0:
        t0.watch(x)
        z = f(x)
    print(t0.jacobian(z, x, experimental_use_pfor=False))
except Exception as e:
    print(type(e).__name__)
try:
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.reduce_sum(f(x))
        g = t1.gradient(y, x)
    print(t.gradient(g, x))
except Exception as e:
    print(type(e).__name__)
try:
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.reduce_sum(f(x))
        g = t1.gradient(y, x)
    print(t.jacobian(g, x))
except Exception as e:
    print(type(e).__name__)
try:
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.reduce_sum(f(x))
        g = t1.gradient(y, x)
    print(t.jacobian(g, x, experimental_use_pfor=False))
except Exception as e:
    print(type(e).__name__)
try:
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.reduce_sum(f(x))
        g = t1.gradient(y, x)
    print(t.jacobian(g, w))
except Exception as e:
    print(type(e).__name__)
try:
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.reduce_sum(f(x))
        g = t1.gradient(y, x)
        p = tf.reduce_sum(g ** 2)
    print(t.gradient(p, x))
except Exception as e:
    print(type(e).__name__)
try:
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.reduce_sum(f(x)) ** 2
        g = t1.gradient(y, x)
    print(t.jacobian(g, x))
except Exception as e:
    print(type(e).__name__)
