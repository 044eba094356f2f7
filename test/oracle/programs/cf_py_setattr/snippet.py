import tensorflow as tf
class P:
    def __setattr__(self, n, v):
        object.__setattr__(self, n, tf.Variable(v) if isinstance(v, float) else v)
p = P()
p.w = 2.
with tf.GradientTape(persistent=True) as t:
    y = p.w * p.w
print(t.gradient(y, p.w))
