# The same network's Hessian in its inputs, of each example alone: 100 × 24 × 24.
import tensorflow as tf

tf.random.set_seed(0)
xs = tf.random.normal([100, 24])
model = tf.keras.Sequential([tf.keras.layers.Dense(10, activation='tanh', input_shape=(24,)), tf.keras.layers.Dense(1)])

# ---
with tf.GradientTape() as outer:
    outer.watch(xs)
    with tf.GradientTape() as inner:
        inner.watch(xs)
        ys = model(xs)
    g = inner.gradient(ys, xs)
h = outer.batch_jacobian(g, xs)
