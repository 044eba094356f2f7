import tensorflow as tf

x = tf.constant([1.0, 2.0, 3.0])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = x ** 2
try:
    print(tape.batch_jacobian(y, x))
except ValueError as e:
    print(e)
x2 = tf.reshape(x, [3, 1])
with tf.GradientTape() as tape:
    tape.watch(x2)
    y2 = x2 ** 2
print(tape.batch_jacobian(y2, x2))
