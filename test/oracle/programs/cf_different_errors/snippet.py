import tensorflow as tf
x = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
W = tf.Variable([[1.0, -1.0], [0.5, 2.0]])
with tf.GradientTape(persistent=True) as o:
    o.watch(x)
    with tf.GradientTape(persistent=True) as i:
        i.watch(x)
        y = tf.nn.softplus(x @ W)
    bj = i.batch_jacobian(y, x)
    jw = i.jacobian(y, W)
print(bj.shape, o.batch_jacobian(bj, x).shape)
print(o.jacobian(jw, W, experimental_use_pfor=False).shape)
print(o.jacobian(jw, W, parallel_iterations=4, experimental_use_pfor=False).shape)
for t, s in ((y[0], x), (y, x[0]), (tf.reduce_sum(y), x), (y, W)):
    try:
        print(i.batch_jacobian(t, s))
    except Exception as e:
        print(type(e).__name__, e)
