import tensorflow as tf
class P:
    def __init__(self):
        self.w = tf.Variable(3.)
p = P()
with tf.GradientTape() as t:
    y = p.w * 2.
print(t.gradient(y, p))
