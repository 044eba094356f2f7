import numpy as np
import tensorflow as tf

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.InputLayer(input_shape=(4,)))
model.add(tf.keras.layers.Dense(3, activation='softplus'))
model.add(tf.keras.layers.Dense(1))

image = tf.convert_to_tensor(np.array([[0.1, 0.2, 0.3, 0.4]], dtype=np.float32))
with tf.GradientTape() as tape:
    score = model(image)
grads = tape.gradient(score, image)
try:
    print(tf.abs(grads))
except ValueError as e:
    print("no gradient:", e)
