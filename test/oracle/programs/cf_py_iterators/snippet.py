import tensorflow as tf
x = tf.Variable(2.)
a = [1., 2., 3.]
b = a
b += [x]
a[0:2] = [x, x, x]
del a[0]
c = (1.,)
c += (x,)
class It:
    def __init__(self, n): self.n, self.i = n, 0
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return x * float(self.i)
class Seq:
    def __len__(self): return 2
    def __getitem__(self, i):
        if i >= 2:
            raise IndexError
        return x * float(i)
class Gen:
    def __iter__(self):
        yield x * 1.
        yield x * 2.
with tf.GradientTape(persistent=True) as t:
    y = a[3] * 1. if len(a) == 4 + 0 else tf.constant(1.)
    z = c[1] * 1.
    u = tf.add_n(list(It(3)))
    v = x
    for e in It(2):
        v = v + e
    w = tf.add_n([e for e in Gen()])
    s = tf.add_n([e for e in Seq()])
    p, q = It(2)
    r = sum(It(2))
    o = next(iter(It(2))) * 1.
print([t.gradient(k, x) for k in (y, z, u, v, w, s, p, q, r, o)])
