import tensorflow as tf

x = tf.Variable(5.0)
lr = 0.1
try:
    for i in range(3):
        with tf.GradientTape() as tape:
            loss = (x - 1.0) ** 2
        grad = tape.gradient(loss, x)
        x = x - lr * grad
except ValueError as err:
    print("stopped:", err)
