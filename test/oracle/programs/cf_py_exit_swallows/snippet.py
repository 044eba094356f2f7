import tensorflow as tf
class S:
    def __enter__(self): return self
    def __exit__(self, *a): return True
x = tf.Variable(2.)
with S():
    with tf.GradientTape() as t:
        y = x * x
        raise KeyError
print(t.gradient(y, x))
