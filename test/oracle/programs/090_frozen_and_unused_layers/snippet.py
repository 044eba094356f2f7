import tensorflow as tf

base = tf.keras.layers.Dense(2, kernel_initializer='ones')
head = tf.keras.layers.Dense(1, kernel_initializer='ones')
unused = tf.keras.layers.Dense(1)
x = tf.constant([[0.5, 0.25]])
unused.build((None, 2))
base.build((None, 2))
base.trainable = False

with tf.GradientTape() as tape:
    out = head(base(x))
    loss = tf.reduce_sum(out)
variables = base.weights + head.trainable_weights + unused.trainable_weights
for v, g in zip(variables, tape.gradient(loss, variables)):
    print(v.name, g)
