# Numbers repeat: what a weight's constraint says is done after every step.
import tensorflow as tf
K = tf.keras.layers
d = K.Dense(2, kernel_initializer="ones", kernel_constraint=tf.keras.constraints.MaxNorm(1.0), bias_constraint=lambda w: tf.clip_by_value(w, -0.1, 0.1))
e = K.Embedding(3, 2, embeddings_initializer="ones", embeddings_constraint="unit_norm")
b = K.Bidirectional(K.SimpleRNN(1, kernel_initializer="ones", recurrent_initializer="ones", kernel_constraint="non_neg", recurrent_constraint="non_neg"))
class Own(K.Layer):
    def build(self, shape):
        self.w = self.add_weight(name="w", shape=(2,), initializer="ones", constraint=tf.keras.constraints.NonNeg())
    def call(self, x):
        return x * self.w
own = Own()
opt = tf.keras.optimizers.SGD(0.5)
x = tf.constant([[[1.0, 2.0], [0.5, 3.0]]])
ids = tf.constant([[0, 1, 1]])
with tf.GradientTape() as tape:
    y = tf.reduce_sum(d(x) ** 2) + tf.reduce_sum(e(ids) ** 2) + tf.reduce_sum(b(x)) + tf.reduce_sum(own(x) ** 2)
weights = d.trainable_weights + e.trainable_weights + b.trainable_weights + own.trainable_weights
opt.apply_gradients(zip(tape.gradient(y, weights), weights))
with tf.GradientTape() as tape:
    y = sum(tf.reduce_sum(w**2 + w) for w in weights)
g = tape.gradient(y, weights)
