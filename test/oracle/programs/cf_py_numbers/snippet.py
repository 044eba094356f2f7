import tensorflow as tf
x = tf.Variable(2.)
with tf.GradientTape(persistent=True) as t:
    a = x * 1. if 3 ** 33 % 10 == 3 else tf.constant(1.)
    b = x * 1. if 2 ** -1 == 0.5 else tf.constant(1.)
    c = x * 1. if 2 ** 0.5 > 1.4 else tf.constant(1.)
    try:
        d = tf.constant(0 ** -1.)
    except ZeroDivisionError:
        d = x * 2.
    e = x * 1. if 7.5 // 2 == 3.0 else tf.constant(1.)
    f = x * 1. if 10 ** 15 + 1 > 10 ** 15 else tf.constant(1.)
    g = x * 1. if 0xFFFFFFFF & 0xF0000000 == 0xF0000000 and 5 ^ 3 == 6 else tf.constant(1.)
print(t.gradient(a, x), t.gradient(b, x), t.gradient(c, x), t.gradient(d, x), t.gradient(e, x), t.gradient(f, x), t.gradient(g, x))
