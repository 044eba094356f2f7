import tensorflow as tf

pts = tf.constant([[0.1, 0.2], [0.3, -0.4]])

with tf.GradientTape(persistent=True) as tape:
    tape.watch(pts)
    x = pts[:, 0]
    t = pts[:, 1]
    u = x * tf.exp(-t)

print(tape.gradient(u, x))
print(tape.gradient(u, pts))
print(tape.gradient(u, pts[:, 0]))
