import math
import tensorflow as tf

x = tf.Variable(0.7)
with tf.GradientTape(persistent=True) as tape:
    a = tf.constant(math.sin(x))
    b = tf.sin(x) * float(x)
    c = x.numpy() * x
print(tape.gradient(a, x), tape.gradient(b, x), tape.gradient(c, x))
