import tensorflow as tf
model = tf.keras.Sequential([tf.keras.layers.Dense(3, activation='tanh'), tf.keras.layers.Dense(1)])
x = tf.ones([2, 4])
model(x)
k, b = model.layers[0].kernel, model.layers[1].bias
with tf.autodiff.ForwardAccumulator([k, b], [tf.ones_like(k), tf.ones_like(b)]) as acc:
    with tf.GradientTape() as t:
        loss = tf.reduce_mean(model(x) ** 2)
    grads = t.gradient(loss, model.trainable_variables)
print(acc.jvp(loss))
print(acc.jvp(grads))
