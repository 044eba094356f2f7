import tensorflow as tf

w = tf.Variable(1.0)
fast = tf.Variable(0.0)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = (w - 3.0) ** 2
    g = inner.gradient(loss, w)
    fast.assign(w - 0.1 * g)
    meta_loss = (fast - 2.0) ** 2
gw, gf = outer.gradient(meta_loss, [w, fast])
print(gw, gf)
