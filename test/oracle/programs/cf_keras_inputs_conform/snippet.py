import tensorflow as tf

regression = tf.keras.Sequential([tf.keras.layers.Dense(4, activation="tanh", input_shape=(1,)), tf.keras.layers.Dense(1)])
x = tf.linspace(0.0, 1.0, 5)
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = regression(x)
print(y.shape, tape.gradient(y, x).shape, tape.jacobian(y, x).shape)

given = tf.keras.Input((4,))
model = tf.keras.Model(given, tf.keras.layers.Dense(2)(given))
z = tf.ones((3, 4, 1))
with tf.GradientTape(persistent=True) as tape:
    tape.watch(z)
    y = model(z)
print(tape.gradient(y, z).shape, tape.batch_jacobian(y, z).shape)

numbers = tf.keras.Input((4,), dtype="int32")
doubled = tf.keras.Model(numbers, tf.keras.layers.Lambda(lambda v: tf.cast(v, tf.float32) * 2.0)(numbers))
z = tf.ones((3, 4))
with tf.GradientTape() as tape:
    tape.watch(z)
    y = doubled(z)
print(tape.gradient(y, z))

with tf.GradientTape() as tape:
    try:
        y = model(tf.ones((3, 5)))
    except ValueError as error:
        print(type(error).__name__)
        y = model(tf.ones((3, 4)))
print(len(tape.gradient(y, model.trainable_variables)))

pictures = tf.keras.Sequential([tf.keras.layers.Input((8, 8, 1)), tf.keras.layers.Conv2D(2, 3), tf.keras.layers.GlobalAveragePooling2D()])
with tf.GradientTape() as tape:
    try:
        y = pictures(tf.ones((2, 6, 6, 1)))
    except ValueError:
        y = pictures(tf.ones((2, 8, 8))) * 2.0
print([g.shape for g in tape.gradient(y, pictures.trainable_variables)])
