import tensorflow as tf
layer = tf.keras.layers.Dense(3, activation='tanh')
x = tf.ones([2, 4])
layer(x)
f = tf.recompute_grad(layer)
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = tf.reduce_sum(f(x) ** 2)
print(t.gradient(y, x))
print(t.gradient(y, layer.trainable_variables))
