import tensorflow as tf

x = tf.Variable([1.0, 2.0, 3.0])
with tf.GradientTape() as tape:
    out = []
    for xi in x:
        out.append(xi * xi)
    y = tf.convert_to_tensor(out)
    total = sum(out) + y[0]
print(tape.gradient(total, x).numpy())
