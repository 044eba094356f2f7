import tensorflow as tf

model = tf.keras.Sequential([
    tf.keras.layers.Dense(2, activation='sigmoid', input_shape=(2,), kernel_initializer=tf.constant_initializer([[0.1, 0.2], [0.3, -0.4]])),
    tf.keras.layers.Dense(1, kernel_initializer=tf.constant_initializer([[0.6], [-0.7]])),
])
x = tf.constant([[1.0, 2.0], [3.0, -1.0]])
y = tf.constant([[0.5], [-0.5]])
params = model.trainable_variables

with tf.GradientTape(persistent=True) as tape:
    with tf.GradientTape() as inner:
        loss = tf.reduce_mean(tf.keras.losses.mean_squared_error(y, model(x)))
    grads = inner.gradient(loss, params)

blocks = [[tape.jacobian(g, p) for p in params] for g in grads]
for row in blocks:
    print([None if b is None else b.shape for b in row])
