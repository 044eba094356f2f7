# Never comes to its gradient call: for cancelling.
import tensorflow as tf

x = tf.Variable(1.0)
with tf.GradientTape() as tape:
    y = x**2
while True:
    y = y + 1.0
print(tape.gradient(y, x))
