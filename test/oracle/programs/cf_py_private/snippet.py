import tensorflow as tf
class A:
    def __init__(self):
        self.__w = tf.Variable(2.)
    def w(self): return self.__w
class B(A):
    def __init__(self):
        super().__init__()
        self.__w = tf.Variable(3.)
    def loss(self): return self.__w * 2.
b = B()
with tf.GradientTape(persistent=True) as t:
    y = b.loss()
print(t.gradient(y, b.w()), t.gradient(y, b._B__w), t.gradient(y, b._A__w))
