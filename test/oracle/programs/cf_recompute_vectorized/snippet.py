# A vectorised Jacobian through a recomputed function with a loop in it: the loop is made in a graph.
import tensorflow as tf
x = tf.constant([1.72, 2.05])
@tf.recompute_grad
def summed(a):
    return tf.foldr(lambda s, v: s + v, tf.stack([a, a * 0.5, tf.ones_like(a)]), initializer=tf.zeros_like(a))
@tf.recompute_grad
def plain(a):
    return tf.sin(a) * a
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = 2.0 ** tf.math.erf(summed(x))
    z = plain(x)
try:
    print(t.jacobian(y, x))
except TypeError as e:
    print(e)
print(t.jacobian(y, x, experimental_use_pfor=False))
print(t.jacobian(z, x))
print(t.gradient(y, x))
