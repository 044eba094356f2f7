import tensorflow as tf


def derivative(f):
    def df(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        return tape.gradient(y, x)
    return df


f = lambda x: x ** 4 - 3.0 * x ** 2 + x
d1 = derivative(f)
d2 = derivative(d1)
d3 = derivative(d2)

x = tf.constant(2.0)
print(d1(x).numpy(), d2(x).numpy(), d3(x).numpy())
