import tensorflow as tf
class ActivityPenalty(tf.keras.layers.Layer):
    def __init__(self, rate=1e-2):
        super().__init__()
        self.rate = rate
    def call(self, inputs):
        self.add_loss(self.rate * tf.reduce_sum(inputs ** 2))
        return inputs
class Linear(tf.keras.layers.Layer):
    def __init__(self, units=3):
        super().__init__()
        self.units = units
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal", trainable=True, regularizer=tf.keras.regularizers.L2(0.1))
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True)
        self.count = self.add_weight(name='count', shape=(), initializer='zeros', trainable=False)
    def call(self, inputs):
        self.count.assign_add(1.0)
        return tf.matmul(inputs, self.w) + self.b
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Linear(4), ActivityPenalty(), Linear(2)]
    def call(self, x):
        for b in self.blocks:
            x = b(x)
        return x
net = Net()
with tf.GradientTape() as tape:
    logits = net(tf.ones((3, 5)))
    loss = tf.reduce_mean(logits)
    loss += sum(net.losses)
grads = tape.gradient(loss, net.trainable_weights)
print(len(grads))
with tf.GradientTape() as tape:
    net(tf.ones((3, 5)))
    loss = tf.add_n(net.losses)
print(tape.gradient(loss, net.variables))
