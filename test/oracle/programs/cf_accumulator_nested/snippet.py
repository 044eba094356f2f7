import tensorflow as tf
x = tf.constant(2.0)
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as outer:
    with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as inner:
        y = x ** 3
        z = x * 3.0
    jy = inner.jvp(y)
    jz = inner.jvp(z)
print(jy, jz, outer.jvp(jy), outer.jvp(jz))
