import numpy as np
import tensorflow as tf
xs = np.random.rand(10, 3)
ys = np.random.rand(10, 1).astype('float32')
ds = tf.data.Dataset.from_tensor_slices((xs, ys)).shuffle(10).batch(4)
model = tf.keras.Sequential([tf.keras.layers.Dense(4, activation='relu'), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.Adam()
for epoch in range(2):
    for step, (x, y) in enumerate(ds):
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = tf.reduce_mean((model(x, training=True) - tf.cast(y, tf.float32)) ** 2)
        gx = tape.gradient(loss, [x, y] + model.trainable_variables)
        opt.apply_gradients(zip(gx[2:], model.trainable_variables))
w = tf.Variable([1.0, 2.0, 3.0])
vs = tf.data.Dataset.from_tensors(w * 2.0).map(lambda v: v * v).repeat(2)
with tf.GradientTape(persistent=True) as tape:
    total = 0.0
    for v in vs:
        total += tf.reduce_sum(v)
print(tape.gradient(total, w))
with tf.GradientTape(persistent=True) as tape:
    total = 0.0
    for v in vs:
        total += tf.reduce_sum(v * w)
print(tape.gradient(total, w))
it = iter(ds)
a, b = next(it)
with tf.GradientTape() as tape:
    z = tf.reduce_sum(model(a) * b)
print(tape.gradient(z, b))
@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.keras.losses.mse(y, model(x)))
    return tape.gradient(loss, model.trainable_variables)
for x, y in ds.take(1):
    train(x, y)
for n in tf.data.Dataset.range(3):
    with tf.GradientTape() as tape:
        q = w * tf.cast(n, tf.float32)
    print(tape.gradient(q, n))
both = tf.data.Dataset.zip((ds, ds))
for (x, y), (u, v) in both:
    with tf.GradientTape() as tape:
        q = tf.reduce_sum(w * tf.cast(u, tf.float32))
    print(tape.gradient(q, [w, y]))
big = tf.data.Dataset.from_tensor_slices({'f': tf.ones([1000, 3]), 'l': tf.zeros([1000], tf.int32)}).batch(5, drop_remainder=True)
for i, row in enumerate(big):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(row)
        q = tf.reduce_sum(w * row['f'])
    g = tape.gradient(q, row)
    h = tape.batch_jacobian(row['f'] ** 2, row['f'])
    if i > 3:
        break
def same(p, q):
    return p * 2.0, q
for p, q in ds.map(same).prefetch(tf.data.AUTOTUNE):
    with tf.GradientTape() as tape:
        tape.watch(p)
        r = tf.reduce_sum(p ** 2)
    g = tape.gradient(r, p)
print(len(ds))
