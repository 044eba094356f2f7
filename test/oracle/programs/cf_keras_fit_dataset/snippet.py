import tensorflow as tf

class Pairs(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.embedding = tf.keras.Sequential([tf.keras.layers.Dense(3, activation="relu", input_shape=(6,)), tf.keras.layers.Dense(2)])

    def call(self, x):
        return self.embedding(x)

    def train_step(self, data):
        (anchor, other), label = data
        with tf.GradientTape() as tape:
            distance = tf.reduce_sum(tf.square(self(anchor) - self(other)), axis=-1)
            loss = tf.reduce_mean(tf.where(label > 0, distance, tf.maximum(1.0 - distance, 0.0)))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"loss": loss}

features = tf.data.Dataset.from_tensor_slices(tf.random.normal((8, 6)))
labels = tf.data.Dataset.from_tensor_slices(tf.constant([0, 1] * 4))
data = tf.data.Dataset.zip(((features, features.shuffle(8)), labels)).batch(3)
model = Pairs()
model.compile(optimizer="adam")
model.fit(data, epochs=1, verbose=0)
