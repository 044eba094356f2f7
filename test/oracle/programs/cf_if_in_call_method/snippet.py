import tensorflow as tf
class Gate(tf.Module):
    def __init__(self):
        self.a = tf.Variable(2.0)
        self.b = tf.Variable(3.0)
    @tf.function
    def __call__(self, x):
        if x > 0.0:
            return self.a * x
        else:
            return self.b * x
m = Gate()
x = tf.constant(1.5)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = m(x)
    g = t1.gradient(y, m.trainable_variables)
    gx = t1.gradient(y, x)
print(g, gx, t2.gradient(gx, x), t2.gradient(gx, m.trainable_variables))
