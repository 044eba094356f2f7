# What is not finite does not become zero where a relu has cut off: its gradient is a product.
import tensorflow as tf

x = tf.constant([-1.0, -2.0])

with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    a = tf.norm(tf.nn.relu(x))
    b = tf.norm(tf.nn.relu6(x))
    c = tf.norm(tf.keras.activations.relu(x, max_value=1.2))
    d = tf.norm(tf.maximum(x, 0.0))
    e = tf.reduce_sum(1.0 / tf.nn.relu(x))
    f = tf.norm(tf.clip_by_value(x, 0.0, 1.0))
    g = tf.reduce_sum(tf.math.log(tf.nn.relu(x)))
    h = tf.reduce_sum(tf.nn.relu(x) * 2.0)
    i = tf.norm(tf.nn.leaky_relu(x, alpha=0.0))
    j = tf.norm(tf.keras.layers.ReLU()(x))
    k = tf.norm(tf.where(x > 0.0, x, 0.0))
da = tape.gradient(a, x)
db = tape.gradient(b, x)
dc = tape.gradient(c, x)
dd = tape.gradient(d, x)
de = tape.gradient(e, x)
df = tape.gradient(f, x)
dg = tape.gradient(g, x)
dh = tape.gradient(h, x)
di = tape.gradient(i, x)
dj = tape.gradient(j, x)
dk = tape.gradient(k, x)

with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = tf.norm(tf.nn.relu(x))
    g = inner.gradient(y, x)
h = outer.gradient(g, x)
