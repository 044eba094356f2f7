import tensorflow as tf


class Model(tf.Module):
    def __init__(self):
        self.w = tf.Variable(2.0)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32), tf.TensorSpec([None], tf.float32)])
    def step(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((self.w * x - y) ** 2)
        g = tape.gradient(loss, self.w)
        self.w.assign_sub(0.1 * g)
        return loss


m = Model()
m.step([1.0, 2.0], [2.0, 4.5])
m.step(x=tf.constant([1.0]), y=tf.constant([2.0]))
with tf.GradientTape() as t:
    l = m.step(tf.constant([1.0, 2.0]), tf.constant([1.0, 2.0]))
g = t.gradient(l, m.w)
