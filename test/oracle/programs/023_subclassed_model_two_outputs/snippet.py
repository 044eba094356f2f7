import tensorflow as tf


class TwoHeads(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.body = tf.keras.layers.Dense(4, activation='tanh')
        self.mean = tf.keras.layers.Dense(1)
        self.logvar = tf.keras.layers.Dense(1)

    def call(self, inputs):
        h = self.body(inputs)
        return self.mean(h), self.logvar(h)


model = TwoHeads()
x = tf.ones((3, 2)) * 0.5
with tf.GradientTape() as tape:
    mu, logvar = model(x)
    loss = tf.reduce_mean(tf.square(mu - 1.0))
grads = tape.gradient(loss, model.trainable_variables)
for v, g in zip(model.trainable_variables, grads):
    print(v.name, g is None)
