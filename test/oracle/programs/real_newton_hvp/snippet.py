import tensorflow as tf
def rosen(x):
    return tf.reduce_sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)
x = tf.Variable([1.2, 0.8, -0.5], dtype=tf.float64)
def hvp(f, x, v):
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = f(x)
        g = inner.gradient(y, x)
        gv = tf.reduce_sum(g * tf.stop_gradient(v))
    return outer.gradient(gv, x)
v = tf.constant([1.0, 0.0, 0.0], dtype=tf.float64)
print(hvp(rosen, x, v))
for it in range(3):
    with tf.GradientTape() as t2:
        with tf.GradientTape() as t1:
            loss = rosen(x)
        g = t1.gradient(loss, x)
    H = t2.jacobian(g, x)
    delta = tf.linalg.solve(H, g[:, None])
    x.assign_sub(tf.squeeze(delta, 1))
with tf.GradientTape() as acc:
    z = tf.linalg.norm(x)
print(acc.gradient(z, x))
w = tf.Variable([[2.0, 1.0], [1.0, 3.0]])
with tf.GradientTape(persistent=True) as t:
    L = tf.linalg.cholesky(w)
    logdet = 2.0 * tf.reduce_sum(tf.math.log(tf.linalg.diag_part(L)))
    e, q = tf.linalg.eigh(w)
    d = tf.linalg.det(w)
    inv = tf.linalg.inv(w)
    tr = tf.linalg.trace(inv)
print(t.gradient(logdet, w), t.gradient(e, w), t.gradient(d, w), t.gradient(tr, w))
u = tf.constant([1.0, 2.0])
with tf.GradientTape() as t:
    t.watch(u)
    r = tf.norm(tf.zeros_like(u) * u)
print(t.gradient(r, u))
