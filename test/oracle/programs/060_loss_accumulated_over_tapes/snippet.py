import tensorflow as tf

w = tf.Variable(2.0)
data = [1.0, 2.0, 3.0]
total = 0.0
for d in data:
    with tf.GradientTape() as tape:
        total += (w * d - 1.0) ** 2
print(tape.gradient(total, w).numpy())

acc = None
for d in data:
    with tf.GradientTape() as tape:
        loss = (w * d - 1.0) ** 2
    g = tape.gradient(loss, w)
    acc = g if acc is None else acc + g
print(acc.numpy())
