import tensorflow as tf
x = tf.constant(2.0)
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
        y = x ** 3
        z = x * 4.0
        r = tf.nn.relu(x)
    jy = acc.jvp(y)
    jz = acc.jvp(z)
    jr = acc.jvp(r)
print(jy, jz, jr)
print(t.gradient(jy, x), t.gradient(jz, x), t.gradient(jr, x))
