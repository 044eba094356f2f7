# Numbers repeat: masks through models and compiled losses.
import tensorflow as tf
K = tf.keras.layers
x = tf.constant([[[1.0, 2.0], [0.0, 0.0], [0.5, 0.1]], [[0.3, 0.2], [0.1, 0.4], [0.0, 0.0]]])
y = tf.ones([2, 3, 1])
inp = tf.keras.Input([3, 2])
model = tf.keras.Model(inp, K.Dense(1, kernel_initializer="ones")(K.Masking()(inp)))
model.compile("sgd", "mse")
model.fit(x, y, epochs=2, verbose=0)
two = tf.keras.Sequential([K.Masking(), K.SimpleRNN(2, return_sequences=True, kernel_initializer="ones", recurrent_initializer="ones"), K.Dense(1, kernel_initializer="ones")])
two.compile(tf.keras.optimizers.SGD(0.1), tf.keras.losses.MeanAbsoluteError())
two.fit(x, y, sample_weight=tf.constant([1.0, 2.0]), epochs=1, verbose=0, batch_size=2)
class Own(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.masking, self.dense = K.Masking(), K.Dense(1, kernel_initializer="ones")
    def call(self, x):
        return self.dense(self.masking(x))
own = Own()
with tf.GradientTape(persistent=True) as t:
    l1 = tf.reduce_sum(model(x) ** 2)
    l2 = tf.reduce_sum(two(x) ** 2)
    l3 = tf.keras.losses.MeanSquaredError(reduction="sum")(y, own(x))
    l4 = tf.keras.losses.MeanAbsoluteError()(y, model(x), sample_weight=tf.constant([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]]))
    l5 = tf.reduce_sum(tf.keras.losses.MeanSquaredError(reduction="none")(y, two(x)))
g1 = t.gradient(l1, model.trainable_variables)
g2 = t.gradient(l2, two.trainable_variables)
g3 = t.gradient(l3, own.trainable_variables)
g4 = t.gradient(l4, model.trainable_variables)
g5 = t.gradient(l5, two.trainable_variables)
