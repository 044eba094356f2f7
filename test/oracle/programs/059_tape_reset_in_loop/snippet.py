import tensorflow as tf

x = tf.Variable(1.0)
with tf.GradientTape() as tape:
    total = x * 0.0
    for i in range(1, 4):
        total = total + x ** i
        if i == 2:
            tape.reset()
            total = x * 5.0
print(tape.gradient(total, x).numpy())
