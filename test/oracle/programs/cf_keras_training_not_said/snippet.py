import tensorflow as tf

class Block(tf.keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = tf.keras.layers.Dense(4)
        self.drop = tf.keras.layers.Dropout(0.999999)

    def call(self, x, training):
        return self.drop(self.dense(x), training=training)

class Pair(tf.keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.drop = tf.keras.layers.Dropout(0.999999)
        self.dense = tf.keras.layers.Dense(2)

    def call(self, query, value, training):
        return self.dense(self.drop(query * value, training=training))

class Always(tf.keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.drop = tf.keras.layers.Dropout(0.999999)

    def call(self, x, training=True):
        return self.drop(x, training=training)

given = tf.keras.Input((6,))
block = Block()
model = tf.keras.Model(given, block(given))
pair, always = Pair(), Always()
x = tf.ones((3, 6))
w = tf.Variable(2.0)
with tf.GradientTape(persistent=True) as tape:
    told = model(x, training=True)
    silent = model(x)
    alone = block(x)
    both = pair(x * w, x)
    dropped = always(x * w)
print(tape.gradient(told, model.trainable_variables))
print(tape.gradient(silent, model.trainable_variables))
print(tape.gradient(alone, block.trainable_variables))
print(tape.gradient(both, pair.trainable_variables))
print(tape.gradient(dropped, w))
