import tensorflow as tf

k = tf.Variable(0.5)
x = tf.constant(1.0)
dt = 0.1
with tf.GradientTape(persistent=True) as tape:
    state = x
    trajectory = [state]
    for step in range(5):
        state = state + dt * (-k * state)
        trajectory.append(state)
    final = trajectory[-1]
print(tape.gradient(final, k).numpy())
print(tape.gradient(trajectory[0], k))
