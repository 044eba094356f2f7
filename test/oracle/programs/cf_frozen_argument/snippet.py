import tensorflow as tf
class Opt:
    def __init__(self):
        self.kind = "sq"
o = Opt()
@tf.function
def f(x, o):
    return x ** 2 if o.kind == "sq" else x
x = tf.constant(2.0)
def second(x, o):
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = f(x, o)
        g = t1.gradient(y, x)
    return t2.gradient(g, x)
print(second(x, o))
o.kind = "lin"
print(second(x, o))
p = Opt()
p.kind = "lin"
print(second(x, p))
