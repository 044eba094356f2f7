import tensorflow as tf

logits = tf.Variable([1.0, 2.0, 3.0])
with tf.GradientTape(persistent=True) as tape:
    p = tf.nn.softmax(logits)
    nll = -tf.math.log(p[1])
print(tape.jacobian(p, logits).numpy())
print(tape.gradient(nll, logits).numpy())
