# Why is the Hessian None? A linear model: its first derivative is the product of the weights,
# which does not depend on xs.
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense, Input

xs = tf.constant(tf.random.normal([100, 24]))

ex_model = Sequential()
ex_model.add(Input(shape=(24)))
ex_model.add(Dense(10))
ex_model.add(Dense(1))

with tf.GradientTape(persistent=True) as tape:
    tape.watch(xs)
    ys = ex_model(xs)
    g = tape.gradient(ys, xs)

h = tape.jacobian(g, xs)
print(g.shape)
print(h.shape)
