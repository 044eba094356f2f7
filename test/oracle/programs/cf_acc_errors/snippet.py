import tensorflow as tf
x = tf.Variable(2.0)
n = tf.constant(3)
with tf.autodiff.ForwardAccumulator(x, 1.0) as acc:
    y = x * tf.cast(n, tf.float32)
    a = tf.argmax([x, y])
    c = tf.cast(x, tf.int32)
    d = {'y': y, 'n': n}
print(acc.jvp(a), acc.jvp(c), acc.jvp(n))
print(acc.jvp(d))
try:
    tf.autodiff.ForwardAccumulator([x, x], [1.0, 1.0])
except ValueError as e:
    print('twice', e)
