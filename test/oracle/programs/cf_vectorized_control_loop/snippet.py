import tensorflow as tf

z0 = tf.constant([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]])
w = tf.Variable([[0.1, 0.3], [-0.2, 0.1]])
unused = tf.Variable(1.0)


@tf.function
def euler(z):
    t = tf.constant(0.0)
    while t < 0.35:
        z = z + 0.1 * tf.tanh(z @ w)
        t += 0.1
    return z


with tf.GradientTape(persistent=True) as tape:
    tape.watch(z0)
    z = euler(z0)
print(tape.batch_jacobian(z, z0).shape, [None if j is None else j.shape for j in tape.jacobian(z, [w, unused])])


@tf.function
def jacobian_inside(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x
        for _ in tf.range(3):
            if tf.reduce_sum(y) > 2.0:
                y = y * x
            else:
                y = y + tf.sin(y)
    return tape.jacobian(y, x)


x = tf.constant([0.5, 1.0])
with tf.GradientTape() as outer:
    outer.watch(x)
    j = jacobian_inside(x)
    penalty = tf.reduce_sum(j ** 2)
print(outer.gradient(penalty, x))


@tf.function
def overwritten(x):
    y = x
    for _ in tf.range(2):
        y = tf.stop_gradient(y) * x
    return y


with tf.GradientTape() as tape:
    tape.watch(x)
    y = overwritten(x)
print(tape.jacobian(y, x))
