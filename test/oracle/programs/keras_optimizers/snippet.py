# Numbers repeat.
import tensorflow as tf
k = tf.keras.optimizers
s = k.schedules
def trained(optimizer):
    v = tf.Variable([1.0, -2.0])
    for _ in range(3):
        optimizer.apply_gradients([(15.0 * v ** 2, v)])
    return v
v = trained(k.SGD(0.01, momentum=0.9))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.SGD(0.01, momentum=0.9, nesterov=True))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.SGD(0.1, clipnorm=1.0))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.SGD(0.1, clipvalue=0.5))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.SGD(0.1, global_clipnorm=0.7))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.SGD(0.01, weight_decay=0.1))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.Adam(0.1))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.Adam(0.1, amsgrad=True))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.AdamW(0.1))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.Adamax(0.1))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.Adagrad(0.1))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.Adadelta(0.1))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.RMSprop(0.1))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.RMSprop(0.1, momentum=0.9))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.RMSprop(0.1, centered=True))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.SGD(s.ExponentialDecay(0.01, 2, 0.5)))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.SGD(s.ExponentialDecay(0.01, 2, 0.5, staircase=True)))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.SGD(s.InverseTimeDecay(0.01, 2, 0.5)))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.SGD(s.PolynomialDecay(0.01, 2)))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.SGD(s.CosineDecay(0.01, 3)))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.SGD(s.PiecewiseConstantDecay([1, 2], [0.01, 0.005, 0.001])))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
v = trained(k.get('adagrad'))
with tf.GradientTape() as t:
    y = v * v * 0.5
t.gradient(y, v)
