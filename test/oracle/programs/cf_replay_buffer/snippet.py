import random
from collections import deque

import numpy as np
import tensorflow as tf

online = tf.keras.Sequential([tf.keras.layers.Dense(5, activation="elu", input_shape=[4]), tf.keras.layers.Dense(2)])
frozen = tf.keras.models.clone_model(online)
frozen.set_weights(online.get_weights())
memory = deque(maxlen=20)
for _ in range(10):
    state = np.random.rand(4)
    memory.append((state, np.random.randint(2), np.random.rand(), state + 0.1, False))

def sample(size):
    places = np.random.randint(len(memory), size=size)
    batch = [memory[place] for place in places]
    return [np.array([experience[field] for experience in batch]) for field in range(5)]

states, actions, rewards, next_states, dones = sample(4)
best = frozen.predict(next_states, verbose=0).max(axis=1)
targets = (rewards + (1.0 - dones) * 0.95 * best).reshape(-1, 1)
mask = tf.one_hot(actions, 2)
with tf.GradientTape() as tape:
    values = tf.reduce_sum(online(states) * mask, axis=1, keepdims=True)
    loss = tf.reduce_mean(tf.keras.losses.mean_squared_error(targets, values))
print([g.shape for g in tape.gradient(loss, online.trainable_variables)])
with tf.GradientTape() as tape:
    picked = random.sample(list(memory), 3)
    values = online(np.array([experience[0] for experience in picked]))
    loss = tf.keras.losses.Huber()(np.array([experience[2] for experience in picked]), values[:, 0])
print([g.shape for g in tape.gradient(loss, online.trainable_variables)])
