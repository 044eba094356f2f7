# tf.function around what is not a function: layers, models, objects with __call__, TensorFlow's own functions, methods.
import tensorflow as tf

x = tf.constant([[-0.59, 1.58, 2.21], [0.46, 0.53, 1.85]])


class Scaled:
    def __init__(self, by):
        self.by = by

    def __call__(self, v):
        if tf.reduce_sum(v) > 0.0:
            return v * self.by
        return v - self.by


class Model(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = tf.keras.layers.Dense(2)

    def call(self, v):
        if tf.reduce_sum(v) > 100.0:
            v = tf.zeros_like(v)
        return self.dense(v) ** 2


class Whole(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(tf.ones([3, 1]))

    def __call__(self, v, power=2, *, factor=1.0):
        return (v @ self.w) ** power * factor




scale = tf.Variable(1.7)
layer = tf.keras.layers.Dense(2, activation='tanh')
sequential = tf.keras.Sequential([tf.keras.layers.Dense(4, activation='softmax'), tf.keras.layers.Dense(3)])
linear = tf.keras.layers.Dense(1)
model = Model()
whole = Whole()
OBJECTS = [
    tf.function(layer),
    tf.function(sequential),
    tf.function(linear),
    tf.function(model),
    tf.function(model.call),
    tf.function(Scaled(scale)),
    tf.function(Scaled(2.0)),
    tf.function(whole),
    tf.function(tf.sin),
    tf.function(tf.math.erf),
    tf.function(tf.round),
    tf.function(tf.stop_gradient),
    tf.autograph.experimental.do_not_convert(layer),
]

with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[0](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[1](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[2](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[3](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[4](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[5](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[6](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[7](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[8](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[9](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[10](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[11](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = OBJECTS[12](x)
    g = t1.gradient(y, x)
h = t2.gradient(g, x) if g is not None else None

# Variables made while it is traced.
with tf.GradientTape() as t:
    y = tf.function(tf.keras.layers.Dense(2, name='fresh'))(x)
g = t.gradient(y, t.watched_variables())

# Arguments by name.
named = tf.function(whole)
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = named(x, 3, factor=scale)
    z = named(v=x, power=1)
g = t.gradient(y, [x, scale, whole.w])
g = t.gradient(z, [x, scale, whole.w])
h = t.jacobian(y, x)


# In another function, symbolically.
@tf.function
def outer(v):
    y = tf.reduce_sum(OBJECTS[1](v))
    for i in tf.range(2):
        y = tf.sin(y)
    g = tf.gradients(y, v)
    h = tf.hessians(y, v)
    return y


outer(x)

# AutoGraph left out: a branch on a tensor raises.
plain = tf.function(Scaled(2.0), autograph=False)
with tf.GradientTape() as t:
    t.watch(x)
    y = plain(x)
g = t.gradient(y, x)
