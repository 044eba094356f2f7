import tensorflow as tf
x = tf.Variable([1.5, -0.5])
@tf.recompute_grad
def f(a):
    return tf.exp(a * 0.3)
for source in (x, tf.constant([1.0, 2.0])):
    with tf.autodiff.ForwardAccumulator(source, tf.ones([2])) as acc:
        try:
            y = f(source)
        except NotImplementedError as e:
            print(e)
            y = source * 3.0
    print(acc.jvp(y))
@tf.custom_gradient
def g(a):
    def grad(dy):
        raise KeyError('no')
    return a * 2.0, grad
with tf.autodiff.ForwardAccumulator(x, tf.ones([2])) as acc:
    try:
        y = g(x)
    except KeyError:
        y = x * x
print(acc.jvp(y))
with tf.autodiff.ForwardAccumulator(x, tf.ones([2])) as acc:
    z = f(x)
print(acc.jvp(z))
