from collections import namedtuple
from typing import NamedTuple
import tensorflow as tf

Base = namedtuple("Base", ["q", "p"], defaults=[0.0])

class Phase(Base):
    @property
    def energy(self):
        return 0.5 * self.p ** 2 + 0.5 * self.q ** 2
    def step(self, h):
        return self._replace(q=self.q + h * self.p, p=self.p - h * self.q)
    @classmethod
    def at(cls, q):
        return cls(q, tf.constant(1.0))

class Vec(NamedTuple):
    x: tf.Tensor
    y: tf.Tensor = tf.constant(2.0)
    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y)
    def dot(self, o):
        return self.x * o.x + self.y * o.y

q = tf.Variable(0.5)
with tf.GradientTape() as tape:
    s = Phase.at(q)
    for _ in range(3):
        s = s.step(0.1)
    e = s.energy
print(tape.gradient(e, q), isinstance(s, Phase), isinstance(s, tuple))
b = Base(q)
with tf.GradientTape() as tape:
    y = b.q * 3 + b.p
print(tape.gradient(y, b.q), len(b))
v = Vec(tf.constant(1.0))
with tf.GradientTape(persistent=True) as tape:
    tape.watch(v)
    u = v + v
    d = u.dot(v)
g = tape.gradient(d, v)
print(g.x, g.y, type(g).__name__)
x, y = tape.gradient(u, v)
print(x, y)
