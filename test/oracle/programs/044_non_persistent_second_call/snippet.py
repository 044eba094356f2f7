import tensorflow as tf

a = tf.Variable(2.0)
b = tf.Variable(3.0)
with tf.GradientTape() as tape:
    c = a * b
grad_a = tape.gradient(c, a)
try:
    grad_b = tape.gradient(c, b)
except RuntimeError as e:
    grad_b = None
    print('RuntimeError:', e)
print(grad_a, grad_b)
