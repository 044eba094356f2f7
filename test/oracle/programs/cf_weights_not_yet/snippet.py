# Weights of models that are not built yet: a Sequential, alone or inside of something, has none to ask for; other models have an empty list.
import tensorflow as tf

x = tf.ones([2, 3])


class Inside(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.stack = tf.keras.Sequential([tf.keras.layers.Dense(2)])

    def call(self, inputs):
        return self.stack(inputs)


class Plain(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = tf.keras.layers.Dense(2)

    def call(self, inputs):
        return self.dense(inputs)


class Builds(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = tf.keras.layers.Dense(2)

    def build(self, input_shape):
        self.scale = self.add_weight(name="scale", shape=[2], initializer="ones")
        super().build(input_shape)

    def call(self, inputs):
        return self.dense(inputs) * self.scale


class Derived(tf.keras.Sequential):
    pass


sequential = tf.keras.Sequential([tf.keras.layers.Dense(2)])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.reduce_sum(x * x)
try:
    g = tape.gradient(y, sequential.trainable_variables)
except (TypeError, ValueError):
    g = tape.gradient(y, x)

inside = Inside()
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.reduce_sum(x * x)
try:
    g = tape.gradient(y, inside.trainable_variables)
except (TypeError, ValueError):
    g = tape.gradient(y, x)

builds = Builds()
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.reduce_sum(x * x)
try:
    g = tape.gradient(y, builds.weights)
except (TypeError, ValueError):
    g = tape.gradient(y, x)

plain = Plain()
derived = Derived([tf.keras.layers.Dense(2)])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = tf.reduce_sum(x * x)
empty = tape.gradient(y, plain.trainable_variables + derived.trainable_variables + [x])

with tf.GradientTape(persistent=True) as tape:
    y = tf.reduce_sum(sequential(x)) + tf.reduce_sum(inside(x)) + tf.reduce_sum(builds(x)) + tf.reduce_sum(plain(x)) + tf.reduce_sum(derived(x))
g = tape.gradient(y, sequential.trainable_variables)
g = tape.gradient(y, inside.trainable_variables)
g = tape.gradient(y, builds.trainable_variables)
g = tape.gradient(y, plain.trainable_variables)
g = tape.gradient(y, derived.trainable_variables)
