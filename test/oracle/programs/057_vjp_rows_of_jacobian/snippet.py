import tensorflow as tf

x = tf.constant([1.0, 2.0, 3.0])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = tf.stack([x[0] * x[1], x[1] * x[2], tf.reduce_sum(x ** 2)])

rows = []
for i in range(3):
    seed = tf.one_hot(i, 3)
    rows.append(tape.gradient(y, x, output_gradients=seed))
jac = tf.stack(rows)
ref = tape.jacobian(y, x)
print(tf.reduce_max(tf.abs(jac - ref)).numpy())
