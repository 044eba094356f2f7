import tensorflow as tf

a = tf.Variable([1.0, 2.0])
b = tf.Variable(3.0)
with tf.GradientTape(persistent=True) as tape:
    with tf.GradientTape() as inner:
        loss = tf.reduce_sum(a ** 2) * b ** 2
    grads = inner.gradient(loss, [a, b])
try:
    h = tape.jacobian(grads, [a, b])
except AttributeError as e:
    print("AttributeError:", e)
    h = [tape.jacobian(g, [a, b]) for g in grads]
print([[b.shape for b in row] for row in h])
