import tensorflow as tf

model = tf.keras.Sequential([
    tf.keras.layers.Dense(2, activation='relu', kernel_regularizer=tf.keras.regularizers.l2(0.01), input_shape=(2,), kernel_initializer='ones'),
    tf.keras.layers.Dense(1, kernel_initializer='ones'),
])
x = tf.constant([[1.0, 2.0]])
y = tf.constant([[1.5]])
mse = tf.keras.losses.MeanSquaredError()
with tf.GradientTape() as tape:
    loss = mse(y, model(x, training=True))
    loss += sum(model.losses)
grads = tape.gradient(loss, model.trainable_weights)
for g in grads:
    print(g.numpy())
