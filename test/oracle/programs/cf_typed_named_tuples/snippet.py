from dataclasses import dataclass, field, asdict
from typing import NamedTuple, List
import tensorflow as tf

@dataclass
class Params:
    k: tf.Variable = field(default_factory=lambda: tf.Variable(1.0))
    c: tf.Variable = field(default_factory=lambda: tf.Variable(0.1))
    m: float = 2.0

    def as_list(self) -> List[tf.Variable]:
        return [self.k, self.c]

class State(NamedTuple):
    x: tf.Tensor
    v: tf.Tensor

def step(s: State, p: Params, dt: float = 0.05) -> State:
    a = -(p.k * s.x + p.c * s.v) / p.m
    return State(s.x + dt * s.v, s.v + dt * a)

p = Params()
s = State(tf.constant(1.0), tf.constant(0.0))
with tf.GradientTape(persistent=True) as tape:
    tape.watch(s)
    cur = s
    for _ in range(5):
        cur = step(cur, p)
    loss = cur.x ** 2
print(tape.gradient(loss, p.as_list()))
print(tape.gradient(loss, s))
print(tape.gradient(loss, {"k": p.k, "c": p.c}))
print(tape.gradient(cur._asdict(), s._asdict()))
print(tape.gradient(cur, p.k))
