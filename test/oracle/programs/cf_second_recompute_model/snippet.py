import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Dense(3, activation="tanh"), tf.keras.layers.Dense(1)])
x = tf.constant([[0.5, -1.0], [2.0, 0.3]])
model(x)
for i, v in enumerate(model.trainable_variables):
    v.assign(tf.reshape(tf.range(tf.cast(tf.size(v), tf.float32)), v.shape) * 0.2 - 0.3 * i)
remembering = tf.recompute_grad(model)


def loss(f, x):
    return tf.reduce_mean(f(x) ** 2)


with tf.GradientTape() as t:
    y = loss(remembering, x)
print(t.gradient(y, model.trainable_variables))

with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = loss(remembering, x)
    g = t1.gradient(y, x)
    penalty = y + tf.reduce_sum(g ** 2)
try:
    print(t2.gradient(penalty, model.trainable_variables))
except NotImplementedError as e:
    print(e)

with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = loss(remembering, x)
    g = t1.gradient(y, model.layers[0].kernel)
h = t2.jacobian(g, model.layers[0].kernel)
print(h)
