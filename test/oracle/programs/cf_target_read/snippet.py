# A target that is a source, too, and that the tape does not know: whether another target was made of it.
import tensorflow as tf

x = tf.constant([1.0, 2.0])
w = tf.constant([3.0, 4.0])
v = tf.Variable([1.0, 2.0])

with tf.GradientTape(persistent=True) as tape:
    y = x * v
    z = w * 2.0
    u = tf.reduce_sum(v)
a = tape.gradient(x, x)
b = tape.gradient([x, y], x)
c = tape.gradient([x, u], x)
d = tape.gradient([y, x], [x, v])
e = tape.gradient([w, y], w)
f = tape.gradient([w, z], w)
g = tape.gradient([x, y], x, output_gradients=[w, w])
h = tape.gradient([x, y], [x, w], unconnected_gradients='zero')
i = tape.gradient([x, y, w], [w, x])

with tf.GradientTape(persistent=True) as tape:
    y = tf.stop_gradient(v) * x
    z = tf.gather(v, tf.cast(x, tf.int32) - 1)
    s = tf.cond(True, lambda: v * x, lambda: v)
j = tape.gradient([x, y], x)
k = tape.gradient([x, z], x)
l = tape.gradient([x, s], x)


@tf.function
def f(a):
    return a * x


with tf.GradientTape(persistent=True) as tape:
    y = f(v)
    t = f(x)
m = tape.gradient([x, y], x)
n = tape.gradient([x, t], x)


@tf.function
def inside(a, b):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(b)
        y = a * b
    p = tape.gradient([a, y], a)
    q = tape.gradient(a, a)
    r = tf.gradients([a, y], a)
    return y


inside(x, w)
