import tensorflow as tf
class S:
    _one = None
    def __new__(cls, *a):
        if cls._one is None:
            cls._one = super().__new__(cls)
            cls._one.w = tf.Variable(2.)
        return cls._one
    def __init__(self, k=1.):
        self.k = k
a = S(1.)
b = S(3.)
with tf.GradientTape(persistent=True) as t:
    y = a.w * b.k
print(t.gradient(y, b.w))
with tf.GradientTape(persistent=True) as t:
    y = a.w if a.k == 3. else tf.constant(1.)
    z = y * 1.
print(t.gradient(z, b.w))
class O:
    def __new__(cls): return tf.constant(3.)
x = tf.Variable(1.)
with tf.GradientTape() as t:
    y = x * O()
print(t.gradient(y, x))
