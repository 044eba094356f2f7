import tensorflow as tf
import numpy as np

class SchrodingerPINN(tf.Module):
    def __init__(self, sizes, name=None):
        super().__init__(name=name)
        rng = np.random.RandomState(3)
        self.W, self.b = [], []
        for i, (m, n) in enumerate(zip(sizes[:-1], sizes[1:])):
            std = np.sqrt(2.0 / (m + n))
            self.W.append(tf.Variable(rng.normal(0, std, (m, n)), dtype=tf.float64, name=f"W{i}"))
            self.b.append(tf.Variable(np.zeros((1, n)), dtype=tf.float64, name=f"b{i}"))

    def __call__(self, x, t):
        h = tf.concat([x, t], 1)
        for W, b in zip(self.W[:-1], self.b[:-1]):
            h = tf.tanh(h @ W + b)
        out = h @ self.W[-1] + self.b[-1]
        u, v = tf.split(out, 2, axis=1)
        return u, v

    def net_f(self, x, t):
        with tf.GradientTape(persistent=True) as outer:
            outer.watch(x)
            with tf.GradientTape(persistent=True) as inner:
                inner.watch([x, t])
                u, v = self(x, t)
            u_x, u_t = inner.gradient(u, [x, t])
            v_x, v_t = inner.gradient(v, [x, t])
        u_xx = outer.gradient(u_x, x)
        v_xx = outer.gradient(v_x, x)
        h2 = u ** 2 + v ** 2
        f_u = u_t + 0.5 * v_xx + h2 * v
        f_v = v_t - 0.5 * u_xx - h2 * u
        return f_u, f_v, outer.gradient(u_t, x)

net = SchrodingerPINN([2, 5, 5, 2])
pts = np.random.RandomState(0).rand(6, 2)
x, t = (tf.constant(pts[:, i:i + 1]) for i in range(2))
with tf.GradientTape() as tape:
    f_u, f_v, u_tx = net.net_f(x, t)
    loss = tf.reduce_mean(f_u ** 2) + tf.reduce_mean(f_v ** 2)
grads = tape.gradient(loss, net.trainable_variables)
for v, g in zip(net.trainable_variables, grads):
    print(v.name, None if g is None else tf.norm(g).numpy())
