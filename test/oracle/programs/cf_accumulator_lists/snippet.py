import tensorflow as tf
x = tf.constant([1.0, 2.0])
w = tf.constant([3.0, 4.0])
with tf.autodiff.ForwardAccumulator([x, w], [tf.constant([1.0, 0.0]), tf.constant([0.0, 1.0])]) as acc:
    y = x * w
    s = tf.reduce_sum(y)
    r = tf.round(x)
    st = tf.stop_gradient(y)
print(acc.jvp([y, s]), acc.jvp(r), acc.jvp(st))
