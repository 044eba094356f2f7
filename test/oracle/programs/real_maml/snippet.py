import tensorflow as tf
def dense(x, w, b):
    return tf.matmul(x, w) + b
params = [tf.Variable(tf.random.normal([1, 8], stddev=0.3)), tf.Variable(tf.zeros([8])), tf.Variable(tf.random.normal([8, 1], stddev=0.3)), tf.Variable(tf.zeros([1]))]
def forward(x, p):
    h = tf.nn.relu(dense(x, p[0], p[1]))
    return dense(h, p[2], p[3])
def mse(a, b):
    return tf.reduce_mean(tf.square(a - b))
x_s = tf.random.uniform([5, 1], -5.0, 5.0)
y_s = tf.sin(x_s)
x_q = tf.random.uniform([5, 1], -5.0, 5.0)
y_q = tf.sin(x_q)
lr = tf.Variable(0.01)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = mse(forward(x_s, params), y_s)
    grads = inner.gradient(loss, params)
    fast = [p - lr * g for p, g in zip(params, grads)]
    meta = mse(forward(x_q, fast), y_q)
meta_grads = outer.gradient(meta, params + [lr])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = mse(forward(x_s, params), y_s)
    grads = inner.gradient(loss, params)
    for p, g in zip(params, grads):
        p.assign_sub(0.01 * g)
    meta = mse(forward(x_q, params), y_q)
meta_grads = outer.gradient(meta, lr)
meta_grads2 = [None if g is None else g for g in [meta_grads]]
