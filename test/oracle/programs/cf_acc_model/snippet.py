import tensorflow as tf
model = tf.keras.Sequential([tf.keras.layers.Dense(3, activation='tanh'), tf.keras.layers.Dense(1)])
x = tf.ones([2, 4])
model(x)
@tf.function
def call(a):
    return model(a)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as acc:
    y = call(x)
print(acc.jvp(y))
