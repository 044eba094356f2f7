import tensorflow as tf
from tensorflow.keras.layers import *
from tensorflow.keras.models import *
from tensorflow.keras.losses import *

x = tf.constant([[1.0, 2.0, -1.0], [0.5, -0.5, 2.0]])
model = Sequential([Input(shape=(3,)), Dense(4, activation="tanh"), Dense(1)])
linear = Sequential([Dense(2), Dense(1)])
loss_fn = MeanSquaredError()
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        loss = loss_fn([[1.0], [0.0]], model(x))
        y = linear(x)
        merged = add([x, multiply([x, x])])
    g = tape.gradient(y, x)
print(tape.gradient(loss, model.trainable_variables))
print(tape.gradient(merged, x))
print(outer.gradient(g, x))
