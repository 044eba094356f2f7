import tensorflow as tf

x = tf.constant([1.0, 2.0, 3.0])
w = tf.random.uniform([3])
with tf.GradientTape(persistent=True) as tape:
    tape.watch([x, w])
    nothing = w * 0.0
    y1 = tf.sqrt(w * 0.0)
    y2 = tf.math.log(w * 0.0)
    y3 = (w * 0.0) ** 0.5
    y4 = (w * 0.0) ** 2
    y5 = tf.norm(w * 0.0)
    y6 = tf.math.reduce_std(w * 0.0)
    y7 = 1.0 / nothing * 0.0
    y8 = tf.math.divide_no_nan(w, nothing)
    y9 = tf.math.multiply_no_nan(1.0 / nothing, w * 0.0)
    y10 = tf.math.xlogy(nothing, w)
    y12 = tf.math.rsqrt(nothing)
    y13 = tf.math.reciprocal(nothing)
    y14 = tf.math.lgamma(nothing)
    y15 = tf.math.divide_no_nan(nothing, 1.0 / nothing)
    y16 = tf.where(w > 2.0, 1.0 / nothing, w) * 0.0
    y17 = w * float('inf') * 0.0
    y18 = (nothing * 2.0) / 3.0
    y20 = tf.nn.l2_normalize(nothing)
    y21 = tf.math.reduce_euclidean_norm(nothing)
    y22 = tf.math.softplus(nothing)
    y23 = tf.linalg.normalize(nothing)[0]
    y24 = tf.math.reduce_logsumexp(nothing)
    y25 = tf.math.atan2(nothing, nothing)
    y26 = tf.math.cumprod(nothing)
    y27 = tf.reduce_prod(nothing)
    y28 = tf.math.mod(w, nothing)
    y30 = tf.math.ndtri(nothing)
g1 = tape.gradient(y1, w)
g2 = tape.gradient(y2, w)
g3 = tape.gradient(y3, w)
g4 = tape.gradient(y4, w)
g5 = tape.gradient(y5, w)
g6 = tape.gradient(y6, w)
g7 = tape.gradient(y7, w)
g8 = tape.gradient(y8, w)
g9 = tape.gradient(y9, w)
g10 = tape.gradient(y10, w)
g12 = tape.gradient(y12, w)
g13 = tape.gradient(y13, w)
g14 = tape.gradient(y14, w)
g15 = tape.gradient(y15, w)
g16 = tape.gradient(y16, w)
g17 = tape.gradient(y17, w)
g18 = tape.gradient(y18, w)
g20 = tape.gradient(y20, w)
g21 = tape.gradient(y21, w)
g22 = tape.gradient(y22, w)
g23 = tape.gradient(y23, w)
g24 = tape.gradient(y24, w)
g25 = tape.gradient(y25, w)
g26 = tape.gradient(y26, w)
g27 = tape.gradient(y27, w)
g28 = tape.gradient(y28, w)
g30 = tape.gradient(y30, w)
with tf.GradientTape() as t2:
    t2.watch(w)
    with tf.GradientTape() as t1:
        t1.watch(w)
        y = tf.sqrt(w * 0.0)
    g = t1.gradient(y, w)
h = t2.gradient(g, w)
with tf.autodiff.ForwardAccumulator(x, tf.ones([3])) as acc:
    a1 = tf.sqrt(x * 0.0)
    a2 = tf.norm(x * 0.0)
j1 = acc.jvp(a1)
j2 = acc.jvp(a2)


@tf.function
def f(a):
    return tf.math.reduce_std(a * 0.0)


with tf.GradientTape() as t3:
    t3.watch(x)
    y = f(x)
gf = t3.gradient(y, x)
with tf.GradientTape() as t4:
    t4.watch(w)
    y = tf.sqrt(w * 0.0)
jac = t4.jacobian(y, w)
