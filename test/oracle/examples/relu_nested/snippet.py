# Piecewise linear: the Hessian is a tensor of zeros, not None.
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense, Input

xs = tf.constant(tf.random.normal([100, 24]))

ex_model = Sequential()
ex_model.add(Input(shape=(24)))
ex_model.add(Dense(10, activation='relu'))
ex_model.add(Dense(1))

with tf.GradientTape() as tape1:
    tape1.watch(xs)
    with tf.GradientTape() as tape2:
        tape2.watch(xs)
        ys = ex_model(xs)
    g = tape2.gradient(ys, xs)

h = tape1.jacobian(g, xs)
print(g.shape)
print(h.shape, tf.reduce_max(tf.abs(h)).numpy())
