# A small convolutional network's Hessian in all of its weights.
import tensorflow as tf

tf.random.set_seed(0)
images = tf.random.normal([8, 8, 8, 1])
labels = tf.random.uniform([8], 0, 10, tf.int32)
model = tf.keras.Sequential([
    tf.keras.layers.Conv2D(8, 3, activation='relu', input_shape=(8, 8, 1)),
    tf.keras.layers.MaxPooling2D(2),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(10),
])
weights = model.trainable_variables
loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)

# ---
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = loss_of(labels, model(images))
    gradients = inner.gradient(loss, weights)
    g = tf.concat([tf.reshape(part, [-1]) for part in gradients], 0)
h = outer.jacobian(g, weights)
