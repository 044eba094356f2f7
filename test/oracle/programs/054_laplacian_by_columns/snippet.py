import tensorflow as tf

pts = tf.constant([[0.1, 0.2], [0.3, -0.4], [0.5, 0.6]])
x, y = tf.split(pts, 2, axis=1)

with tf.GradientTape(persistent=True) as outer:
    outer.watch([x, y])
    with tf.GradientTape(persistent=True) as inner:
        inner.watch([x, y])
        u = tf.sin(x) * tf.cosh(y)
    ux = inner.gradient(u, x)
    uy = inner.gradient(u, y)
uxx = outer.gradient(ux, x)
uyy = outer.gradient(uy, y)
print(tf.reduce_max(tf.abs(uxx + uyy)).numpy())
