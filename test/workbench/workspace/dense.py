import tensorflow as tf

x = tf.Variable(tf.random.normal([900], seed=1))
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = tf.exp(tf.reduce_mean(x * x)) * tf.reduce_sum(tf.sin(x))
    g = t1.gradient(y, x)
h = t2.jacobian(g, x)
