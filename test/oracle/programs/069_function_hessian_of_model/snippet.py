import tensorflow as tf

model = tf.keras.Sequential([
    tf.keras.layers.Dense(3, activation='tanh', input_shape=(2,), kernel_initializer=tf.constant_initializer(0.4)),
    tf.keras.layers.Dense(1, kernel_initializer=tf.constant_initializer(0.5)),
])


@tf.function
def hessian(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = model(x)
        g = inner.gradient(y, x)
    return outer.batch_jacobian(g, x)


print(hessian(tf.constant([[0.1, 0.2], [0.3, 0.4]])).shape)
