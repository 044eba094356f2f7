# What the first call of a function makes is watched, and has a gradient: it is traced twice.
import tensorflow as tf
x = tf.constant([[-0.59, 1.58, 2.21], [0.46, 0.53, 1.85]])
model = tf.keras.Sequential([tf.keras.layers.Dense(4, activation='tanh'), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.SGD(0.1)

@tf.function
def forward(v):
    return tf.reduce_mean(model(v) ** 2)

with tf.GradientTape() as t:
    y = forward(x)
g = t.gradient(y, model.trainable_variables)
optimizer.apply_gradients(zip(g, model.trainable_variables))
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape() as t1:
        y = forward(x)
    g = t1.gradient(y, model.trainable_variables)
h = t2.gradient(g, model.trainable_variables)

second = tf.keras.layers.Dense(1)
@tf.function
def outer(v):
    @tf.function
    def inner(w):
        return second(w) ** 2
    with tf.GradientTape() as t:
        y = inner(v)
    g = t.gradient(y, second.trainable_variables)
    return y, g
with tf.GradientTape() as t:
    y, g = outer(x)
h = t.gradient(y, second.trainable_variables)
third = tf.keras.layers.Dense(1)
with tf.GradientTape() as t:
    y, g = tf.function(lambda v: (third(v), tf.reduce_sum(v)))(x)
h = t.gradient(y, t.watched_variables())
class M(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = None
    @tf.function
    def __call__(self, v):
        if self.w is None:
            self.w = tf.Variable(tf.ones([3, 1]))
        return v @ self.w
m = M()
with tf.GradientTape() as t:
    y = m(x)
g = t.gradient(y, m.w)
fourth = tf.keras.layers.Dense(2)
@tf.function
def branch(v):
    if tf.reduce_sum(v) > 0.0:
        w = fourth(v)
    else:
        w = fourth(v) * 2.0
    return w
with tf.GradientTape() as t:
    y = branch(x)
g = t.gradient(y, fourth.trainable_variables)
layer = tf.keras.layers.Dense(2, name='fresh')
f = tf.function(lambda v: layer(v))
with tf.GradientTape() as t:
    y = f(x)
g = t.gradient(y, t.watched_variables())
layer2 = tf.keras.layers.Dense(2, name='fresh')
f = tf.function(lambda v: layer2(v))
with tf.GradientTape() as t:
    y = f(x)
g = t.gradient(y, layer2.trainable_variables)
with tf.GradientTape() as t:
    y = tf.function(tf.keras.layers.Dense(2, name='fresh'))(x)
g = t.gradient(y, t.watched_variables())
