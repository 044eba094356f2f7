import tensorflow as tf
x = tf.Variable(2.)
class Scale:
    def __init__(self, k): self.k = k
    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return obj.v * self.k
class M:
    s = Scale(3.)
    def __init__(self): self.v = x
m = M()
with tf.GradientTape(persistent=True) as t:
    y = m.s
    m.s = tf.constant(1.)
    z = m.s * 1.
    w = x * M.s.k
print(t.gradient(y, x), t.gradient(z, x), t.gradient(w, x))
