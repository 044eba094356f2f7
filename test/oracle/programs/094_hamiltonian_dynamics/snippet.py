import tensorflow as tf


class Hamiltonian:
    def __init__(self, mass):
        self.mass = mass

    def __call__(self, q, p):
        return p ** 2 / (2.0 * self.mass) + 0.5 * q ** 2

    def step(self, q, p, dt=0.1):
        with tf.GradientTape() as tape:
            tape.watch([q, p])
            h = self(q, p)
        dq, dp = tape.gradient(h, [q, p])
        return q + dt * dp, p - dt * dq


system = Hamiltonian(2.0)
q, p = tf.constant(1.0), tf.constant(0.0)
for _ in range(3):
    q, p = system.step(q, p)
print(q.numpy(), p.numpy())
