import tensorflow as tf
x = tf.Variable(2.)
class A:
    def __init__(self, **k):
        for n, v in k.items():
            setattr(self, n, v)
    @property
    def p(self): return x * 2.
    @classmethod
    def make(cls, w): return cls(w=w)
    @staticmethod
    def s(v): return v * 3.
class B(A):
    @property
    def p(self): return super().p * 3.
    @classmethod
    def make(cls, w):
        o = super().make(w)
        o.extra = x
        return o
b = B.make(x)
with tf.GradientTape(persistent=True) as t:
    y = b.p
    z = b.w * b.extra
    w = B.s(x) + b.s(x)
print(t.gradient(y, x), t.gradient(z, x), t.gradient(w, x))
