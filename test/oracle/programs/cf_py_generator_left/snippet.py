import tensorflow as tf
x = tf.Variable(2.)
def g():
    try:
        yield x * 2.
        yield x * 3.
    except ValueError:
        pass
y = x
try:
    with tf.GradientTape(persistent=True) as t:
        for v in g():
            y = v
            raise ValueError
except ValueError:
    y = v * 5.
print(t.gradient(v, x), t.gradient(y, x))
