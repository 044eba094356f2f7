import tensorflow as tf


class Counter(tf.Module):
    def __init__(self):
        super().__init__()
        self.scale = tf.Variable(2.0)
        self.calls = tf.Variable(0, trainable=False)

    @tf.function
    def __call__(self, x):
        self.calls.assign_add(1)
        return self.scale * tf.square(x)


m = Counter()
x = tf.constant(3.0)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = m(x)
print(tape.gradient(y, [x, m.scale]), m.calls.numpy())
