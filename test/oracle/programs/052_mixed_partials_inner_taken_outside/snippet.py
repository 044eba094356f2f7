import tensorflow as tf

x = tf.Variable(2.0)
y = tf.Variable(3.0)

with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape(persistent=True) as t1:
        f = x ** 2 * y

fx = t1.gradient(f, x)
fxy = t2.gradient(fx, y)
fxx = t2.gradient(fx, x)
print(fx, fxy, fxx)
