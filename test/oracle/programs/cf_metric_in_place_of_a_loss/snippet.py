import tensorflow as tf

# A metric adds up what it is given in variables of its own: no gradient comes out of it.
x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
y = tf.constant([[1.0], [0.0]])
w = tf.Variable([[0.5], [-0.3]])
mse = tf.keras.metrics.MeanSquaredError()
mean = tf.keras.metrics.Mean(name="loss")
with tf.GradientTape(persistent=True) as tape:
    pred = x @ w
    loss = mse(y, pred)
    mean.update_state(tf.square(pred - y))
    average = mean.result()
    both = loss + tf.reduce_sum(w ** 2)
print(tape.gradient(loss, w))
print(tape.gradient(average, w))
print(tape.gradient(both, w))
