import tensorflow as tf


class Scale(tf.keras.layers.Layer):
    def build(self, input_shape):
        self.gamma = self.add_weight(name='gamma', shape=(input_shape[-1],), initializer='ones', trainable=True)
        self.seen = self.add_weight(name='seen', shape=(), initializer='zeros', trainable=False)

    def call(self, inputs):
        return inputs * self.gamma + self.seen


layer = Scale()
x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = layer(x)
gx, gw, gs = tape.gradient(y, [x, layer.gamma, layer.seen])
print(gx, gw, gs)
