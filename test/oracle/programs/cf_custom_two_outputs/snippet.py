import tensorflow as tf
x = tf.constant(2.0)
z = tf.constant(3.0)
@tf.custom_gradient
def f(a, b):
    def grad(d1, d2):
        return d1 * b + d2, None
    return (a * b, a + b), grad
with tf.GradientTape(persistent=True) as t:
    t.watch([x, z])
    p, q = f(x, z)
    s = p + q
print(t.gradient(p, x), t.gradient(q, x), t.gradient(s, x), t.gradient(s, z))
