import tensorflow as tf

x = tf.reshape(tf.linspace(-1., 1., 35), [7, 5])
layer1 = tf.keras.layers.Dense(8, activation=tf.nn.elu, kernel_initializer=tf.constant_initializer(0.1))
layer2 = tf.keras.layers.Dense(6, activation=tf.nn.elu, kernel_initializer=tf.constant_initializer(-0.2))

with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
    tape.watch(x)
    y = layer1(x)
    y = layer2(y)

j = tape.jacobian(y, x)
print(j.shape)
jb = tape.batch_jacobian(y, x)
print(jb.shape)
