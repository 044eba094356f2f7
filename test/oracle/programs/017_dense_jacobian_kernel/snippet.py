import tensorflow as tf

x = tf.constant([[0.1, -0.2, 0.3, 0.4, -0.5],
                 [0.6, 0.7, -0.8, 0.9, 1.0]])
layer = tf.keras.layers.Dense(3, activation=tf.nn.relu,
                              kernel_initializer='ones')

with tf.GradientTape(persistent=True) as tape:
    y = layer(x)

j = tape.jacobian(y, layer.kernel)
print(j.shape)
g = tape.gradient(y, layer.kernel)
j_sum = tf.reduce_sum(j, axis=[0, 1])
print('delta:', abs(g - j_sum).numpy().max())
