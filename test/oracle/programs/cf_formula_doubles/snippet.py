import tensorflow as tf

def fixed_point(a, x0=1.0, n=30):
    x = tf.constant(x0)
    for _ in range(n):
        x = 0.5 * (x + a / x)
    return x

@tf.custom_gradient
def implicit_sqrt(a):
    x = tf.stop_gradient(fixed_point(a))

    def grad(upstream):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch([x, a])
            F = x * x - a
        dF_dx = tape.gradient(F, x)
        dF_da = tape.gradient(F, a)
        return -upstream * dF_da / dF_dx

    return x, grad

a = tf.Variable(2.0)
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = implicit_sqrt(a)
    dy = t1.gradient(y, a)
d2y = t2.gradient(dy, a)
print(y.numpy(), dy.numpy(), d2y)
with tf.GradientTape() as t:
    y = fixed_point(a)
print(t.gradient(y, a).numpy())
