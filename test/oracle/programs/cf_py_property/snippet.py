import tensorflow as tf
x = tf.Variable(2.)
class M:
    def __init__(self):
        self._k = 1.
        self.log = []
    @property
    def k(self): return self._k * x
    @k.setter
    def k(self, v):
        self.log.append(v)
        self._k = v * 2.
    @k.deleter
    def k(self):
        self._k = 0.
    j = property(lambda self: x * 5., lambda self, v: setattr(self, '_k', v))
class N(M):
    pass
m = N()
with tf.GradientTape(persistent=True) as t:
    m.k = 3.
    y = m.k
    m.j = tf.constant(1.)
    z = m._k * 1.
    w = m.j
    n = x * 1. if len(m.log) == 1 else tf.constant(1.)
print(t.gradient(y, x), t.gradient(z, x), t.gradient(w, x), t.gradient(n, x))
try:
    class R:
        @property
        def v(self): return x
    r = R()
    r.v = 3.
    q = x
except AttributeError:
    q = None
with tf.GradientTape() as t:
    y = tf.constant(1.) if q is not None else x * x
print(t.gradient(y, x))
