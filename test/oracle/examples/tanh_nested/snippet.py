# A model that is not linear, and both tapes watch xs: the Hessian has values. Each example depends on its own
# row alone, so only the 24 x 24 blocks on the diagonal are not zero.
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense, Input

xs = tf.constant(tf.random.normal([100, 24]))

ex_model = Sequential()
ex_model.add(Input(shape=(24)))
ex_model.add(Dense(10, activation='tanh'))
ex_model.add(Dense(1))

with tf.GradientTape() as tape1:
    tape1.watch(xs)
    with tf.GradientTape() as tape2:
        tape2.watch(xs)
        ys = ex_model(xs)
    g = tape2.gradient(ys, xs)

h = tape1.jacobian(g, xs)
print(g.shape)
print(h.shape)
