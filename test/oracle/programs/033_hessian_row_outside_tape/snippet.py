import tensorflow as tf

x = tf.Variable([1.0, 2.0])

with tf.GradientTape(persistent=True) as tape:
    with tf.GradientTape() as tape_2:
        y = x[0] * x[1] ** 2
    grads = tape_2.gradient(y, x)

first_row = tape.gradient(grads[0], x)
print(first_row)
whole = tape.jacobian(grads, x)
print(whole)
