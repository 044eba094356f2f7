import tensorflow as tf
class M(tf.Module):
    def __init__(self):
        self.w = tf.Variable(1.0)
    @tf.function
    def __call__(self, x):
        return self.w * x
m = M()
x = tf.constant(2.0)
first = m.w
m(x)
m.w = tf.Variable(3.0)
with tf.GradientTape(persistent=True) as t:
    y = m(x)
print(t.gradient(y, m.w), t.gradient(y, first))
print(t.gradient(y, m.trainable_variables))
