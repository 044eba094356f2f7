import tensorflow as tf
model = tf.keras.Sequential([tf.keras.layers.Dense(2, activation="tanh", kernel_initializer="ones"), tf.keras.layers.Dense(1, kernel_initializer="ones")])
opt = tf.keras.optimizers.SGD(0.1)
@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss
x, y = tf.ones([2, 3]), tf.zeros([2, 1])
for _ in range(2):
    print(train_step(x, y).shape)
model.layers[0].trainable = False
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(model(x))
print(len(tape.gradient(loss, model.trainable_variables)))
with tf.GradientTape() as tape:
    loss = train_step(x, y)
print([g is None for g in tape.gradient(loss, model.variables)])
