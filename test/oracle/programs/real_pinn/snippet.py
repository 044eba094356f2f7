import numpy as np
import tensorflow as tf
class PINN(tf.keras.Model):
    def __init__(self, layers=(16, 16)):
        super(PINN, self).__init__()
        self.hidden = [tf.keras.layers.Dense(n, activation='tanh') for n in layers]
        self.out = tf.keras.layers.Dense(1)
        self.nu = tf.Variable(0.01, trainable=True, name='nu')
    def call(self, inputs):
        x = inputs
        for layer in self.hidden:
            x = layer(x)
        return self.out(x)
model = PINN()
def residual(x, t):
    with tf.GradientTape(persistent=True) as tape2:
        tape2.watch([x, t])
        with tf.GradientTape(persistent=True) as tape1:
            tape1.watch([x, t])
            u = model(tf.concat([x, t], axis=1))
        u_x = tape1.gradient(u, x)
        u_t = tape1.gradient(u, t)
    u_xx = tape2.gradient(u_x, x)
    del tape1, tape2
    return u_t + u * u_x - model.nu * u_xx
x = tf.convert_to_tensor(np.random.uniform(-1, 1, (32, 1)), dtype=tf.float32)
t = tf.random.uniform((32, 1))
x0 = tf.constant(np.linspace(-1, 1, 16)[:, None], dtype=tf.float32)
u0 = -tf.sin(np.pi * x0)
opt = tf.keras.optimizers.Adam(learning_rate=tf.keras.optimizers.schedules.ExponentialDecay(1e-3, 100, 0.9))
@tf.function
def step():
    with tf.GradientTape() as tape:
        f = residual(x, t)
        pred0 = model(tf.concat([x0, tf.zeros_like(x0)], axis=1))
        loss = tf.reduce_mean(tf.square(f)) + tf.reduce_mean(tf.square(pred0 - u0))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss
for epoch in range(3):
    loss = step()
    if epoch % 2 == 0:
        print(f"{epoch}: {loss.numpy():.4f}")
