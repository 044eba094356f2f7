import tensorflow as tf

nu = tf.Variable(0.1)
N = 8
dx = 1.0 / N

@tf.function
def simulate(u0, steps):
    ta = tf.TensorArray(tf.float32, size=0, dynamic_size=True)
    u = u0
    for i in tf.range(steps):
        lap = (tf.roll(u, 1, 0) - 2 * u + tf.roll(u, -1, 0)) / dx ** 2
        u = u + 0.01 * nu * lap
        ta = ta.write(i, u)
    return ta.stack()

u0 = tf.Variable(tf.sin(tf.range(N, dtype=tf.float32)))
with tf.GradientTape() as tape:
    traj = simulate(u0, tf.constant(4))
    loss = tf.reduce_mean(traj[-1] ** 2)
print(tape.gradient(loss, [nu, u0]))
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        loss = tf.reduce_mean(simulate(u0, tf.constant(3)) ** 2)
    g = t1.gradient(loss, nu)
print(t2.gradient(g, nu))
print(simulate(u0, tf.constant(2)).shape)
