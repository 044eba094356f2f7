import tensorflow as tf
import numpy as np

tf.keras.backend.set_floatx("float64")

class WavePINN(tf.Module):
    def __init__(self, c: float = 1.0, width: int = 5):
        super().__init__(name="wave")
        self.c2 = tf.Variable(c ** 2, dtype=tf.float64, trainable=False)
        self.net = tf.keras.Sequential([
            tf.keras.layers.InputLayer(input_shape=(2,)),
            tf.keras.layers.Dense(width, activation=tf.math.sin),
            tf.keras.layers.Dense(1),
        ])

    @tf.function
    def derivatives(self, x, t):
        with tf.GradientTape(persistent=True) as outer:
            outer.watch([x, t])
            with tf.GradientTape(persistent=True) as inner:
                inner.watch([x, t])
                u = self.net(tf.concat([x, t], axis=-1))
            u_x = inner.gradient(u, x)
            u_t = inner.gradient(u, t)
        return u, u_t, outer.gradient(u_x, x), outer.gradient(u_t, t)

    def loss(self, x, t):
        u, u_t, u_xx, u_tt = self.derivatives(x, t)
        ic = tf.reduce_mean(u_t ** 2)
        return tf.reduce_mean((u_tt - self.c2 * u_xx) ** 2) + ic

rng = np.random.default_rng(0)
x = tf.convert_to_tensor(rng.uniform(-1, 1, (6, 1)))
t = tf.convert_to_tensor(rng.uniform(0, 1, (6, 1)))
m = WavePINN()
with tf.GradientTape() as tape:
    loss = m.loss(x, t)
gs = tape.gradient(loss, m.trainable_variables + (m.c2,))
print([None if g is None else g.shape.as_list() for g in gs])
with tf.GradientTape() as tape:
    tape.watch(m.c2)
    loss = m.loss(x, t)
print(tape.gradient(loss, m.c2))
