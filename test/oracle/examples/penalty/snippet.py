# Input-gradient regularisation: the loss contains the model's gradient in its inputs. The model is linear, so the
# Hessian in the inputs is None; the penalty's gradient in the kernels is not, because dy/dx is their product.
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense, Input

xs = tf.constant(tf.random.normal([100, 24]))
labels = tf.constant(tf.random.normal([100, 1]))

model = Sequential()
model.add(Input(shape=(24)))
model.add(Dense(10))
model.add(Dense(1))

with tf.GradientTape(persistent=True) as outer:
    outer.watch(xs)
    with tf.GradientTape() as inner:
        inner.watch(xs)
        ys = model(xs)
    g = inner.gradient(ys, xs)
    penalty = tf.reduce_mean(tf.reduce_sum(tf.square(g), axis=1))
    loss = tf.reduce_mean(tf.square(ys - labels)) + 0.1 * penalty

h = outer.jacobian(g, xs)
penalty_gradients = outer.gradient(penalty, model.trainable_variables)
loss_gradients = outer.gradient(loss, model.trainable_variables)
del outer

print('Hessian in the inputs:', h)
for variable, dp, dl in zip(model.trainable_variables, penalty_gradients, loss_gradients):
    print(variable.name, 'penalty:', None if dp is None else dp.shape, 'loss:', dl.shape)
