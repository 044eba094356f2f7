import tensorflow as tf
x = tf.Variable(2.)
log = []
def g():
    try:
        for i in range(3):
            yield x * float(i + 1)
    finally:
        log.append(1)
with tf.GradientTape(persistent=True) as t:
    for v in g():
        if len(log) == 0:
            break
    y = v * 1. if len(log) == 1 else tf.constant(1.)
print(t.gradient(y, x))
def f():
    for v in g():
        return v
with tf.GradientTape(persistent=True) as t:
    y = f()
    z = y if len(log) == 2 else tf.constant(1.)
print(t.gradient(y, x), t.gradient(z, x))
