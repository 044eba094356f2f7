import numpy as np
import tensorflow as tf
model = tf.keras.Sequential([tf.keras.layers.Dense(3, activation='relu', input_dim=2), tf.keras.layers.Dense(1)])
X = np.random.randn(10, 2)
Y = np.random.randn(10, 1)
with tf.GradientTape() as tape:
    pred = model(X)
    loss = np.mean((pred - Y) ** 2)
try:
    print(tape.gradient(loss, model.trainable_weights))
except Exception as e:
    print(e)
with tf.GradientTape() as tape:
    pred = model(X)
loss = tf.reduce_mean((pred - Y) ** 2)
print(tape.gradient(loss, model.trainable_weights))
with tf.GradientTape() as tape:
    tape.watch(tf.constant(X))
    loss = tf.reduce_sum(model(X))
print(tape.gradient(loss, tf.constant(X)))
x = tf.Variable(10)
with tf.GradientTape() as tape:
    y = x * x
print(tape.gradient(y, x))
x = tf.Variable([1.0, 2.0, 3.0])
with tf.GradientTape() as tape:
    y = tf.where(x > 1.5, 1.0, 0.0)
    z = tf.reduce_sum(tf.round(x)) + tf.reduce_sum(tf.cast(x > 2, tf.float32))
try:
    print(tape.gradient([y, z], x))
    print(tape.gradient(z, x))
except RuntimeError as e:
    print(e)
vs = [tf.Variable(float(i)) for i in range(3)]
for epoch in range(2):
    with tf.GradientTape() as tape:
        total = tf.add_n([v ** 2 for v in vs])
    gs = tape.gradient(total, vs)
    vs = [v - 0.1 * g for v, g in zip(vs, gs)]
    if epoch == 0:
        vs = [tf.Variable(v) for v in vs]
with tf.GradientTape() as tape:
    total = tf.add_n([v ** 2 for v in vs])
print(tape.gradient(total, vs))
a = tf.constant(3.0)
with tf.GradientTape() as g:
    g.watch(a)
    with tf.GradientTape() as gg:
        gg.watch(a)
        y = a * a
dy = gg.gradient(y, a)
print(g.gradient(dy, a))
img = tf.cast(tf.constant(np.random.randint(0, 255, (1, 4, 4, 1))), tf.float32)
with tf.GradientTape() as tape:
    out = tf.reduce_mean(tf.image.resize(img, (8, 8)))
print(tape.gradient(out, img))
with tf.GradientTape() as tape:
    x = tf.Variable(2.0)
    y = x ** 2
print(tape.gradient(y, x))
emb = tf.Variable(tf.random.normal([5, 2]))
with tf.GradientTape() as tape:
    e = tf.nn.embedding_lookup(emb, [0, 2])
    l = tf.nn.l2_loss(e)
g = tape.gradient(l, emb)
print(type(g), g.values)
logits = tf.Variable([[1.0, 2.0]])
with tf.GradientTape() as tape:
    s = tf.random.categorical(logits, 1)
    l = tf.reduce_sum(tf.one_hot(s, 2))
print(tape.gradient(l, logits))
with tf.GradientTape() as tape:
    k = tf.keras.losses.CategoricalCrossentropy(from_logits=True)([[0.0, 1.0]], logits)
    acc = tf.keras.metrics.categorical_accuracy([[0.0, 1.0]], logits)
print(tape.gradient(k, logits))
