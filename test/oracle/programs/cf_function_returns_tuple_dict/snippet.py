import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(5.0)
@tf.function
def f(v):
    return {'a': v * v, 'b': (w * 2.0, tf.stop_gradient(v))}
with tf.GradientTape(persistent=True) as t:
    out = f(x)
print(t.gradient(out['a'], [x, w]), t.gradient(out['b'][0], [x, w]), t.gradient(out['b'][1], [x, w]))
