import tensorflow as tf
class C:
    def __init__(self):
        self.n = 0
        self.v = None
    @tf.function
    def __call__(self, x):
        self.n += 1
        if self.v is None:
            self.v = tf.Variable(2.0)
        if self.n > 1:
            return self.v * x
        return tf.stop_gradient(self.v) * x
c = C()
for _ in range(3):
    with tf.GradientTape() as t:
        y = c(tf.constant(1.0))
    print(t.gradient(y, c.v), c.n)
