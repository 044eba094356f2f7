import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

inputs = keras.Input(shape=(3,))
h = layers.Dense(5, activation='swish')(inputs)
outputs = layers.Dense(2, activation='softmax')(h)
model = keras.Model(inputs=inputs, outputs=outputs)

sample = tf.constant([[0.2, 0.4, -0.1]])
with tf.GradientTape() as tape:
    tape.watch(sample)
    probs = model(sample)
    top = probs[:, 0]
saliency = tape.gradient(top, sample)
print(saliency.shape)
