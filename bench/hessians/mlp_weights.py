# The same network's Hessian in its 261 weights.
import tensorflow as tf

tf.random.set_seed(0)
xs = tf.random.normal([100, 24])
labels = tf.random.normal([100, 1])
model = tf.keras.Sequential([tf.keras.layers.Dense(10, activation='tanh', input_shape=(24,)), tf.keras.layers.Dense(1)])
weights = model.trainable_variables

# ---
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = tf.reduce_mean(tf.square(model(xs) - labels))
    gradients = inner.gradient(loss, weights)
    g = tf.concat([tf.reshape(part, [-1]) for part in gradients], 0)
h = outer.jacobian(g, weights)
