import tensorflow as tf
class M:
    __slots__ = ('a', 'b')
    def __init__(self):
        self.a = tf.Variable(1.)
    def __getattribute__(self, n):
        v = object.__getattribute__(self, n)
        return v * 1. if n == 'a' else v
m = M()
with tf.GradientTape(persistent=True) as t:
    y = m.a * 2.
print(t.gradient(y, m.a))
