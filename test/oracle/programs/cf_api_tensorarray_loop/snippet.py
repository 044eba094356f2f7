import tensorflow as tf
x = tf.Variable([0.5, 1.0, 1.5])
@tf.function
def unroll(h0):
    ta = tf.TensorArray(tf.float32, size=0, dynamic_size=True)
    h = h0
    for i in tf.range(3):
        h = tf.tanh(h * x[i])
        ta = ta.write(i, h)
    return ta.stack()
h0 = tf.constant(0.3)
with tf.GradientTape() as t2:
    t2.watch(h0)
    with tf.GradientTape() as t1:
        t1.watch(h0)
        hs = unroll(h0)
        loss = tf.reduce_sum(hs)
    g = t1.gradient(loss, [h0, x])
h = t2.gradient(g[0], [h0, x])
print(g, h)
