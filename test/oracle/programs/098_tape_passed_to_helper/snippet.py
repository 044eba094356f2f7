import tensorflow as tf


def forward(tape, inputs, weights):
    tape.watch(inputs)
    hidden = tf.nn.tanh(inputs * weights['a'])
    return hidden * weights['b']


weights = {'a': tf.Variable(0.5), 'b': tf.Variable(1.5), 'c': tf.Variable(1.0)}
inp = tf.constant([1.0, -0.5])
with tf.GradientTape() as tape:
    out = forward(tape, inp, weights)
grads = tape.gradient(out, [inp, *weights.values()])
print(grads)
