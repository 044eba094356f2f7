import tensorflow as tf

x = tf.Variable(2.0)
y = tf.Variable(3.0)

with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape(persistent=True) as t1:
        f = x ** 2 * y + y ** 3
    fx = t1.gradient(f, x)
    fy = t1.gradient(f, y)
    del t1

print(t2.gradient(fx, x).numpy(), t2.gradient(fx, y).numpy())
print(t2.gradient(fy, x).numpy(), t2.gradient(fy, y).numpy())
