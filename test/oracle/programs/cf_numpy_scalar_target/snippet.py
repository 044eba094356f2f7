import numpy as np
import tensorflow as tf

np.random.seed(1)
policy = tf.keras.Sequential([tf.keras.layers.Dense(4, activation="relu", input_shape=(3,)), tf.keras.layers.Dense(2, activation="softmax")])
state = np.random.randn(1, 3).astype(np.float32)
with tf.GradientTape() as tape:
    probabilities = policy(state).numpy()[0].astype(np.float64)
    action = np.random.choice(2, p=probabilities / probabilities.sum())
    loss = -np.log(policy(state).numpy()[0, action])
try:
    tape.gradient(loss, policy.trainable_variables)
except AttributeError as error:
    print(error)
with tf.GradientTape() as tape:
    order = np.argsort(policy(state).numpy()[0])[::-1]
    loss = -tf.math.log(policy(state)[0, order[0]]) * np.float32(2.0) / 3
print([g.shape for g in tape.gradient(loss, policy.trainable_variables)])
