import tensorflow as tf

model = tf.keras.Sequential([
    tf.keras.layers.Dense(8, activation='relu', input_shape=(1,), kernel_initializer='ones', bias_initializer='ones'),
    tf.keras.layers.Dense(1, kernel_initializer='ones'),
])
x = tf.constant([[0.5], [1.0], [1.5]])
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        u = model(x)
    u_x = inner.gradient(u, x)
u_xx = outer.gradient(u_x, x)
print(u_xx)
