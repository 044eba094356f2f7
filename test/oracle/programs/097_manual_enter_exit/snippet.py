import tensorflow as tf

x = tf.constant(3.0)
tape = tf.GradientTape()
tape.__enter__()
tape.watch(x)
y = 2.0 * x ** 2
tape.__exit__(None, None, None)
print(tape.gradient(y, x).numpy())
try:
    tape.watch(x)
except AttributeError as e:
    print('used up')
