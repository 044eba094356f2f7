import tensorflow as tf
x = tf.Variable(1.5)
with tf.GradientTape(persistent=True) as t:
    ta = tf.TensorArray(tf.float32, size=3)
    for i in range(3):
        ta = ta.write(i, x ** float(i))
    y = ta.stack()
    z = ta.read(2)
print(t.gradient(y, x), t.gradient(z, x))
