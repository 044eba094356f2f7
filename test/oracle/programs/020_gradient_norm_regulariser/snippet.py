import tensorflow as tf

x = tf.Variable([[0.5, -1.0], [2.0, 0.25], [1.5, 1.0]])
target = tf.constant([[1.0], [0.0], [1.0]])
layer = tf.keras.layers.Dense(1, activation='sigmoid',
                              kernel_initializer=tf.constant_initializer([[0.3], [-0.6]]))

with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        pred = layer(x)
        loss = tf.keras.losses.binary_crossentropy(target, pred)
    g = t1.gradient(loss, x)
    norm = tf.norm(g)

grads = t2.gradient(norm, layer.trainable_variables)
print([None if v is None else v.shape for v in grads])
