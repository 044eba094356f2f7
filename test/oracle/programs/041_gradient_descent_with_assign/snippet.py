import tensorflow as tf

x = tf.Variable(5.0)
lr = 0.1
history = []
for i in range(25):
    with tf.GradientTape() as tape:
        loss = (x - 1.0) ** 2
    grad = tape.gradient(loss, x)
    x.assign(x - lr * grad)
    history.append(float(loss))
print(history[-1])
