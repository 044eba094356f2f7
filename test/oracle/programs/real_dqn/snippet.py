import random
from collections import deque
import numpy as np
import tensorflow as tf
num_actions = 2
def q_net():
    return tf.keras.models.Sequential([
        tf.keras.layers.Input(shape=(4,)),
        tf.keras.layers.Dense(24, activation='relu', kernel_initializer='he_uniform'),
        tf.keras.layers.Dense(num_actions, activation='linear'),
    ])
model, target = q_net(), q_net()
target.set_weights(model.get_weights())
optimizer = tf.keras.optimizers.Adam(0.01, clipnorm=1.0)
loss_fn = tf.keras.losses.Huber()
memory = deque(maxlen=100)
for _ in range(32):
    memory.append((np.random.rand(4), random.randrange(num_actions), random.random(), np.random.rand(4), 0.0))
batch = random.sample(memory, 16)
states = np.array([b[0] for b in batch])
actions = [b[1] for b in batch]
rewards = np.array([b[2] for b in batch])
next_states = np.array([b[3] for b in batch])
dones = tf.convert_to_tensor([b[4] for b in batch])
future = target.predict(next_states, verbose=0)
updated = rewards + 0.99 * tf.reduce_max(future, axis=1)
updated = updated * (1 - dones) - dones
masks = tf.one_hot(actions, num_actions)
with tf.GradientTape() as tape:
    q_values = model(states)
    q_action = tf.reduce_sum(tf.multiply(q_values, masks), axis=1)
    loss = loss_fn(updated, q_action)
grads = tape.gradient(loss, model.trainable_variables)
optimizer.apply_gradients(zip(grads, model.trainable_variables))
with tf.GradientTape() as tape:
    action = tf.argmax(model(states), axis=1)
    loss2 = tf.reduce_mean(tf.cast(action, tf.float32))
grads2 = tape.gradient(loss2, model.trainable_variables)
