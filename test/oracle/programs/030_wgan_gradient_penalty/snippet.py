import tensorflow as tf

critic = tf.keras.Sequential([
    tf.keras.layers.Dense(4, kernel_initializer=tf.constant_initializer(0.3)),
    tf.keras.layers.LeakyReLU(0.2),
    tf.keras.layers.Dense(1, kernel_initializer=tf.constant_initializer(-0.5)),
])


def gradient_penalty(real, fake):
    alpha = tf.constant([[0.25], [0.75]])
    interpolated = real + alpha * (fake - real)
    with tf.GradientTape() as gp_tape:
        gp_tape.watch(interpolated)
        pred = critic(interpolated, training=True)
    grads = gp_tape.gradient(pred, [interpolated])[0]
    norm = tf.sqrt(tf.reduce_sum(tf.square(grads), axis=[1]))
    return tf.reduce_mean((norm - 1.0) ** 2)


real = tf.constant([[1.0, 2.0], [0.5, 0.5]])
fake = tf.constant([[0.0, 1.0], [1.5, 2.5]])
with tf.GradientTape() as tape:
    gp = gradient_penalty(real, fake)
d_grads = tape.gradient(gp, critic.trainable_variables)
print([None if g is None else g.shape for g in d_grads])
