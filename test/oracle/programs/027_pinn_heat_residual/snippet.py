import tensorflow as tf


class Net(tf.keras.Model):
    def __init__(self, units=6):
        super(Net, self).__init__()
        self.h1 = tf.keras.layers.Dense(units, activation=tf.nn.tanh)
        self.h2 = tf.keras.layers.Dense(units, activation=tf.nn.tanh)
        self.out = tf.keras.layers.Dense(1, activation=None)

    def call(self, X):
        return self.out(self.h2(self.h1(X)))


u = Net()
t = tf.constant([[0.0], [0.1], [0.2]])
x = tf.constant([[-1.0], [0.0], [1.0]])


def residual(model, t, x):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(t)
        tape.watch(x)
        u_val = model(tf.concat([t, x], axis=1))
        u_x = tape.gradient(u_val, x)
    u_t = tape.gradient(u_val, t)
    u_xx = tape.gradient(u_x, x)
    del tape
    return u_t - 0.1 * u_xx


with tf.GradientTape() as tape:
    r = residual(u, t, x)
    loss = tf.reduce_mean(tf.square(r))
grads = tape.gradient(loss, u.trainable_variables)
print(len(grads), [g is None for g in grads])
