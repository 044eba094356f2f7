import tensorflow as tf
ws = [tf.Variable(1.0), tf.Variable(2.0), tf.Variable(3.0)]
@tf.function
def f(x):
    for w in ws:
        x = x * w
    return x
x = tf.constant(2.0)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f(x)
    g = t1.gradient(y, ws)
    gx = t1.gradient(y, x)
print(g, gx, t2.gradient(gx, x), t2.gradient(gx, ws))
